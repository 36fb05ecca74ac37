// Light, dark, or as the system is: kept in a cookie so that the server draws the page right at once.
const YEAR = 365 * 24 * 3600;

export function startTheme(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-theme-toggle]") : null;
    if (!button) return;
    const root = document.documentElement;
    const dark = root.dataset["theme"]
      ? root.dataset["theme"] === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    const next = dark ? "light" : "dark";
    root.dataset["theme"] = next;
    const secure = window.location.protocol === "https:" ? ";secure" : "";
    document.cookie = `theme=${next};path=/;max-age=${YEAR};samesite=lax${secure}`;
  });
}
