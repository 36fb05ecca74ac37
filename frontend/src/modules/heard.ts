// One field for what a colleague heard, over any page. Without script the same link opens it as a page.
export function startHeard(): void {
  document.addEventListener("htmx:afterSwap", (event) => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail;
    const dialog = target.id === "heard-form" ? target.closest("dialog") : null;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("textarea")?.focus();
  });
}
