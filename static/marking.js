// Words selected in a text lead to a new record of them.
const link = document.querySelector("[data-adding]");
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const at = !chosen.isCollapsed && chosen.getRangeAt(0).startContainer.parentElement.closest("[data-line], .clause");
  if (!at) return;
  link.search = new URLSearchParams({ kind: link.dataset.adding, clause: at.id, line: at.dataset.line ?? "", quote: chosen });
  link.hidden = false;
});
