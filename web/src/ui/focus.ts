/** Give the focus to the page's content, when what had it is gone. */
export function focusPage(): void {
  document.getElementById("main")?.focus();
}
