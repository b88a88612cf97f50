// A button beside every read-only text that copies it.
for (const field of document.querySelectorAll("textarea[readonly]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = "复制";
  button.setAttribute("aria-label", `复制${field.labels[0]?.textContent ?? ""}`);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "已复制";
    } catch {
      button.textContent = "请按 Ctrl+C";
    }
    setTimeout(() => { button.textContent = "复制"; }, 2000);
  });
  field.after(button);
}
