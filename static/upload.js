// Files dropped anywhere on the field are chosen; the chosen ones are named.
const field = document.querySelector(".drop");
const input = field.querySelector("input");
const said = field.querySelector("output");
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  field.addEventListener(kind, (event) => {
    event.preventDefault();
    field.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
}
input.addEventListener("change", () => {
  const names = [...input.files].map((file) => file.name);
  said.textContent = names.length > 1 ? `${names.length} 个文件：${names.slice(0, 5).join("、")}${names.length > 5 ? "等" : ""}` : "";
});
