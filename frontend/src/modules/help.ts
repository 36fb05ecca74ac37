// The page's help beside the page: a panel that leaves the page usable. Without script the same link opens it as a page.
const panel = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>("#help-panel");
let opener: HTMLElement | null = null;

function close(): void {
  panel()?.close();
  opener?.focus();
  opener = null;
}

/** After a session's end the answer is the log-in page: go there instead of showing it in the panel. */
function onAnswer(event: Event): void {
  const { xhr, target } = (event as CustomEvent<{ xhr: XMLHttpRequest; target: Element }>).detail;
  if (target.id !== "help-text" || !/<html[\s>]/i.test(xhr.responseText)) return;
  event.preventDefault();
  window.location.assign(xhr.responseURL);
}

export function startHelp(): void {
  document.addEventListener("htmx:beforeSwap", onAnswer);
  document.addEventListener("htmx:afterSwap", (event) => {
    const detail = (event as CustomEvent<{ target: Element; elt: Element }>).detail;
    const dialog = panel();
    if (!dialog || detail.target.id !== "help-text") return;
    if (!dialog.open) {
      opener = document.querySelector<HTMLElement>("[data-help]");
      dialog.show();
    }
    dialog.querySelector<HTMLElement>("h2")?.focus();
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("#help-panel [data-help-close]")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel()?.open && !document.querySelector("dialog:modal")) close();
  });
}
