// A form with data-guard asks before what was typed is lost; a submitted form is not pressed twice.
const dirty = new Set<HTMLFormElement>();

/** Whether somebody is in the middle of typing. */
export const isTyping = (): boolean => [...dirty].some((form) => form.isConnected);

export function startGuard(): void {
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-guard]") : null;
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement) dirty.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyping()) event.preventDefault();
  });
}
