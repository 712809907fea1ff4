/* Addresses to copy: choosing the field chooses all of it, and a button copies it.
   Without this script the field is selected and copied by hand. */

for (const input of document.querySelectorAll("[data-copy]")) {
    input.addEventListener("focus", () => input.select());
    if (!navigator.clipboard) {
        continue;  // browsers give it only over https
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = input.dataset.copy;
    button.setAttribute("aria-describedby", input.id);
    const told = document.createElement("span");
    told.className = "quiet";
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
        try {
            await navigator.clipboard.writeText(input.value);
            told.textContent = input.dataset.copied;
        } catch {
            input.focus();  // the browser refused: the address is at least chosen
        }
    });
    input.after(button, told);
}
