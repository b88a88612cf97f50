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
const marks = [...document.querySelectorAll(".text mark:not(.on)")];
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

// A clause's line number opens what can be done with it; without a script it leads to a page for that.
document.querySelector(".policy")?.addEventListener("click", (event) => {
  const link = event.target.closest('.clause a[href^="cite/?"]:not(.menu a)');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const clause = link.closest(".clause");
  const shown = clause.querySelector(".menu");
  link.setAttribute("aria-expanded", String(!shown));
  if (shown) return shown.remove();
  const words = clause.cloneNode(true);
  for (const other of words.querySelectorAll('a[href^="cite/?"], .records, .table-box, .figure')) other.remove();
  const address = new URL(`#${clause.id}`, location.href);
  address.search = "";
  const menu = document.createElement("p");
  menu.className = "menu";
  const asked = new URL(link.href).search;
  menu.append(
    toCopy("复制链接", decodeURI(address.href)), toCopy("复制条文", words.textContent.trim().replace(/\s+/g, " ")),
    to("固定链接", address.href), to("引用", link.href), to(`原文第 ${link.textContent} 行`, `source/#L${link.textContent}`),
    to("报告问题", `problem/${asked}`),
  );
  clause.append(menu);
});

function to(text, address) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = text;
  return made;
}

function toCopy(text, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = text;
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words).then(() => { made.textContent = "已复制"; }, () => { made.textContent = "未能复制"; });
    setTimeout(() => { made.textContent = text; }, 2000);
  });
  return made;
}

// A record's line number shows that line of the source beside the record; once more, and it goes.
document.querySelector(".policy")?.addEventListener("click", async (event) => {
  const link = event.target.closest(".records a.line");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const row = link.closest("li");
  const shown = row.querySelector("blockquote");
  if (shown) return shown.remove();
  const number = new URL(link.href).hash.slice(2);
  try {
    const answer = await fetch(`source/?line=${number}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const quote = document.createElement("blockquote");
    quote.textContent = await answer.text();
    const whole = document.createElement("a");
    whole.href = link.href;
    whole.textContent = "在原文中看";
    quote.append(" ", whole);
    if (!row.querySelector("blockquote")) row.append(quote);
  } catch {
    location.assign(link.href);
  }
});
