// Bundles src/*.ts and src/*.css into the folder given, and draws the icon sprite.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, "dist"));
const icons = path.join(here, "node_modules/@tabler/icons/icons/outline");

/** dark.css holds the dark tokens once; the page needs them for the system's wish and for the person's own. */
const darkTokens = {
  name: "dark-tokens",
  setup(build) {
    build.onLoad({ filter: /[\\/]dark\.css$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      const tokens = text.slice(text.indexOf("{") + 1, text.lastIndexOf("}"));
      return {
        loader: "css",
        contents:
          `@media screen and (prefers-color-scheme: dark) {:root:not([data-theme="light"]) {${tokens}}}` +
          `@media screen {:root[data-theme="dark"] {${tokens}}}`,
      };
    });
  },
};

async function sprite() {
  const names = (await readFile(path.join(here, "src/icons.txt"), "utf8"))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const symbols = names.map(async (name) => {
    const svg = await readFile(path.join(icons, `${name}.svg`), "utf8");
    const drawing = svg
      .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
      .replace(/\s*<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
      .replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
  });
  const open = '<svg xmlns="http://www.w3.org/2000/svg">';
  await writeFile(path.join(out, "icons.svg"), `${open}${(await Promise.all(symbols)).join("")}</svg>\n`);
}

for (const name of await readdir(out)) await rm(path.join(out, name), { recursive: true });
await Promise.all([
  esbuild.build({
    entryPoints: ["workbench.ts", "portal.ts", "widget.ts", "capture.ts", "capture-worker.ts", "capture.css", "workbench.css", "portal.css"].map((name) => path.join(here, "src", name)),
    outdir: out,
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    target: ["es2020", "chrome90", "firefox90", "safari14.1"],
    legalComments: "none",
    logLevel: "warning",
    plugins: [darkTokens],
  }),
  sprite(),
]);
