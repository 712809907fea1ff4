/* What came of the last press gets the keyboard, beside what it is about; and what scripts do is read
   aloud. Without this script it stands first on the page. */

const told = document.getElementById("told");
const isTyping = () => document.activeElement?.matches("input, select, textarea, [role=textbox]");

window.addEventListener("load", () => {
    const problems = document.getElementById("refusal") || document.getElementById("problems");
    if (!problems && told) {
        // the address leads to the card, row or section where one was
        document.querySelector("section:target, li:target")?.prepend(told);
    }
    if (!isTyping()) {
        (problems || told)?.focus();
    }
});

document.addEventListener("portal:say", (event) => {
    document.getElementById("aloud").textContent = event.detail;
});
