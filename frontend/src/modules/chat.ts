// A customer's chat: words are sent without leaving the page, answers are asked for, the token stays in this browser alone.
// What is typed is kept until it was sent; what could not be sent says so and is sent again by its own key, so it arrives once.
interface Beside { name: string; size: string; picture: boolean; url: string }
interface Line { who: string; name: string; text: string; at: string; files: Beside[] }
interface Told { tag: string; away: string; lines: Line[]; token?: string; problem?: string }

const KEPT = "goodword:chat";
const DRAFT = "goodword:chat:draft";
const EVERY = 3000;
const SELDOM = 15000;

const memory = new Map<string, string>();

/** The browser's own store; where a frame of another site may have none, this page's memory. Says whether it was the store. */
function keep(name: string, value: string): boolean {
  memory.set(name, value);
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
}

function kept(name: string): string {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? "";
  } catch {
    return memory.get(name) ?? "";
  }
}

const fresh = (): string => Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function startChat(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-chat]");
  const list = document.querySelector<HTMLElement>("[data-chat-lines]");
  const away = document.querySelector<HTMLElement>("[data-chat-away]");
  const problem = document.querySelector<HTMLElement>("[data-chat-problem]");
  if (!form || !list || !away || !problem) return;
  const box = form.elements.namedItem("text") as HTMLTextAreaElement;
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const framed = window.parent !== window;
  const lines = new Map<string, HTMLElement>();
  let tag = "";
  let busy = false;

  const tellParent = (what: string): void => {
    // Only to the site that said it holds this frame: the browser drops it if another does.
    if (framed && field("site").value) window.parent.postMessage(`goodword:${what}`, field("site").value);
  };

  const show = (told: Told): void => {
    const news = told.lines.slice(list.children.length).some((line) => line.who === "us");
    tag = told.tag;
    away.textContent = told.away;
    away.hidden = !told.away;
    const now = new Map(told.lines.map((line, place) => [`${place} ${JSON.stringify(line)}`, line]));
    for (const [key, line] of now) if (!lines.has(key)) lines.set(key, drawn(line));
    for (const key of [...lines.keys()]) if (!now.has(key)) lines.delete(key);
    list.replaceChildren(...[...now.keys()].map((key) => lines.get(key) as HTMLElement)); // a picture that stands is not fetched again
    list.lastElementChild?.scrollIntoView({ block: "nearest" });
    document.querySelector<HTMLElement>("[data-chat-about]")?.toggleAttribute("hidden", told.lines.length > 0);
    if (news) tellParent("answer");
  };

  const ask = async (): Promise<void> => {
    const token = field("token").value;
    if (!token || busy) return;
    const sent = new FormData();
    sent.set("token", token);
    sent.set("tag", tag);
    try {
      const answer = await fetch(form.dataset["news"] ?? "", { method: "POST", body: sent, credentials: "omit" });
      if (answer.status === 404) {
        keep(KEPT, "");
        field("token").value = "";
      } else if (answer.status === 200) show((await answer.json()) as Told);
    } catch {
      // The next time will do.
    }
  };

  const send = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    problem.hidden = true;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), credentials: "omit", headers: { Accept: "application/json" },
      });
      const told = (await answer.json()) as Told;
      if (!answer.ok) throw new Error(told.problem || form.dataset["failed"]);
      if (told.token) {
        field("token").value = told.token;
        if (!keep(KEPT, told.token)) tellParent(`keep:${told.token}`); // the company's own site keeps it for this frame
      }
      box.value = "";
      form.querySelectorAll<HTMLInputElement>("input[type=file]").forEach((input) => (input.value = ""));
      field("key").value = fresh();
      keep(DRAFT, "");
      show(told);
    } catch (error) {
      problem.textContent = error instanceof TypeError ? (form.dataset["failed"] ?? "") : String((error as Error).message);
      problem.hidden = false;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
      box.focus();
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  box.addEventListener("input", () => keep(DRAFT, box.value));
  const close = document.querySelector<HTMLButtonElement>("[data-chat-close]");
  if (close && framed) {
    close.hidden = false;
    close.addEventListener("click", () => tellParent("close"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) tellParent("close");
  });
  field("key").value ||= fresh();
  field("token").value ||= kept(KEPT) || location.hash.slice(1);
  box.value ||= kept(DRAFT);
  void ask();
  const again = (): void => {
    void ask();
    setTimeout(again, document.hidden ? SELDOM : EVERY);
  };
  setTimeout(again, EVERY);
}

function drawn(line: Line): HTMLElement {
  const item = document.createElement("li");
  item.className = `chat__line chat__line--${line.who}`;
  const words = document.createElement("p");
  words.textContent = line.text;
  const about = document.createElement("span");
  about.className = "muted small";
  about.textContent = `${line.name} · ${line.at}`;
  item.append(words, ...line.files.map(fileDrawn), about);
  return item;
}

function fileDrawn(file: Beside): HTMLElement {
  const link = document.createElement("a");
  link.className = "chat__file";
  link.href = file.url;
  link.target = "_blank";
  link.rel = "noopener";
  if (!file.picture) {
    link.textContent = `${file.name} · ${file.size}`;
    return link;
  }
  const picture = document.createElement("img");
  picture.src = file.url;
  picture.alt = file.name;
  link.append(picture);
  return link;
}
