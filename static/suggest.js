// Suggestions under a search box while typing: <input data-suggestions="ADDRESS">.  The box works without.
for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.createElement("div");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "建议");
  list.hidden = true;
  input.closest("form").append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  let waiting, asked = "", chosen = -1;

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  // -1 chooses none: one stays in the box.
  function choose(number) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = number < list.children.length ? number : -1;
    const option = list.children[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return show(list.children.length > 0);
    asked = typed;
    if (!typed) return show(false);
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`);
      if (typed !== asked) return;
      if (!answer.ok) throw new Error(answer.status);
      list.innerHTML = await answer.text();
      show(list.children.length > 0 && document.activeElement === input);
    } catch {
      if (typed !== asked) return;
      list.replaceChildren();
      asked = "";
      show(false);
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, 120);
  });
  input.addEventListener("compositionend", () => { waiting = setTimeout(ask, 120); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); show(false); return; }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); list.children[chosen].click(); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) ask();
    else if (event.key === "ArrowDown") choose(chosen + 1);
    else choose(chosen === -1 ? list.children.length - 1 : chosen - 1);
  });
  input.addEventListener("blur", () => setTimeout(() => { if (!list.contains(document.activeElement)) show(false); }, 150));
}
