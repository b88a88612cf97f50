// A button beside every read-only text copies it.
for (const field of document.querySelectorAll("textarea[readonly]")) {
  const button = document.createElement("button");
  const textContent = "复制";
  Object.assign(button, { type: "button", className: "plain", textContent, ariaLabel: `复制${field.labels[0]?.textContent ?? ""}` });
  button.onclick = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "已复制";
    } catch {
      button.textContent = "请按 Ctrl+C";
    }
    setTimeout(() => { button.textContent = textContent; }, 2000);
  };
  field.after(button);
}
