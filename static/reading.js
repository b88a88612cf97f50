// A policy's page: the outline shows where one is; marked places are gone through one by one.
const links = new Map();
for (const link of document.querySelectorAll('.outline a[href^="#"]')) {
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (place) links.set(place, link);
}

let current;
function follow() {
  let passed;
  for (const place of links.keys()) {
    if (place.getBoundingClientRect().top > 120) break;
    passed = place;
  }
  if (passed === current) return;
  links.get(current)?.removeAttribute("aria-current");
  current = passed;
  const link = links.get(current);
  if (!link) return;
  link.setAttribute("aria-current", "location");
  const outline = link.closest(".outline");
  const top = link.offsetTop - outline.clientHeight / 2;
  if (getComputedStyle(outline).position === "sticky") outline.scrollTo({ top });
}

if (links.size) {
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
}

const found = document.querySelector("[data-found]");
const marks = [...document.querySelectorAll(".text mark")];
if (found && marks.length) {
  let at = marks.findIndex((mark) => mark.closest(":target"));
  const count = document.createElement("span");
  count.setAttribute("role", "status");

  function go(step) {
    marks[at]?.classList.remove("here");
    at = (at + step + marks.length) % marks.length;
    marks[at].classList.add("here");
    marks[at].scrollIntoView({ block: "center" });
    tell();
  }
  function tell() {
    count.textContent = `${at < 0 ? "" : `第 ${at + 1} 处，`}共 ${marks.length} 处`;
  }
  function button(text, step) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = text;
    made.addEventListener("click", () => go(at < 0 && step < 0 ? 0 : step));
    return made;
  }
  found.replaceChildren(count, button("上一处", -1), button("下一处", 1));
  tell();
}
