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
  link.ariaCurrent = "location";
  const outline = link.closest(".outline");
  if (getComputedStyle(outline).position === "sticky") outline.scrollTo({ top: link.offsetTop - outline.clientHeight / 2 });
}

addEventListener("scroll", follow, { passive: true });
follow();

const found = document.querySelector("[data-found]");
const marks = [...document.querySelectorAll(".text mark:not(.on)")];
if (found && marks.length) {
  let at = marks.findIndex((mark) => mark.closest(":target"));
  const count = make("span", { role: "status" });

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
  function button(textContent, step) {
    return make("button", { type: "button", className: "plain", textContent, onclick: () => go(at < 0 && step < 0 ? 0 : step) });
  }
  found.replaceChildren(count, button("上一处", -1), button("下一处", 1));
  tell();
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function onClick(selector, act) {
  document.querySelector(".policy")?.addEventListener("click", (event) => {
    const link = event.target.closest(selector);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act(link);
  });
}

// A clause's line number opens what can be done with it, as the page it leads to.
onClick(".text :not(.menu) > [href^=cite]", (link) => {
  const clause = link.closest(".clause");
  const shown = clause.querySelector(".menu");
  link.ariaExpanded = !shown;
  if (shown) return shown.remove();
  const words = clause.cloneNode(true);
  for (const other of words.querySelectorAll("[href^=cite], .edit, .records, .table-box, .figure")) other.remove();
  const text = [...words.children].map((part) => part.textContent + (part.matches("p") ? "\n" : " "));
  const copy = (textContent, words) => make("button", { className: "link", textContent, onclick: async ({ target }) => {
    await (navigator.clipboard?.writeText(words) ?? (location = link.href)); // no https
    target.textContent = "已复制";
  } });
  const to = (textContent, href) => make("a", { textContent, href });
  const menu = make("p", { className: "menu" });
  menu.append(
    copy("复制链接", `${link.baseURI.split(/[?#]/)[0]}#${clause.id}`), copy("复制条文", text.join("").trim()),
    to("固定链接", `#${clause.id}`), to("引用", link.href), to(`原文第 ${link.textContent} 行`, `source/#L${link.textContent}`),
    to("报告问题", `problem/${link.search}`),
  );
  clause.append(menu);
});

// A record's line number shows that line of the source beside the record; once more, and it goes.
onClick(".records .line", async (link) => {
  const row = link.closest("li");
  const shown = row.querySelector("blockquote");
  if (shown) return shown.remove();
  try {
    const answer = await fetch(`source/?line=${link.hash.slice(2)}`);
    if (!answer.ok) throw answer;
    const quote = make("blockquote", { textContent: await answer.text() });
    quote.append(" ", make("a", { href: link.href, textContent: "在原文中看" }));
    if (!row.querySelector("blockquote")) row.append(quote);
  } catch {
    location.assign(link.href);
  }
});
