// One field for what a colleague heard, over any page. Without script the same link opens it as a page.
import { press, register } from "./keymap";

export function startHeard(): void {
  register({
    on: "l",
    zh: "听到客户说了什么，记一句",
    en: "Pass on what was heard",
    run: () => press("[data-heard]"),
    here: () => document.querySelector("[data-heard]") !== null,
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail;
    const dialog = target.id === "heard-form" ? target.closest("dialog") : null;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("textarea")?.focus();
  });
}
