/* What came of the last press gets the keyboard, beside what it is about; what scripts do is read
   aloud; Space presses what Django calls a button and makes of a link. Without this script the
   outcome stands first on the page. */

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

document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.("a[role=button]")) {
        event.preventDefault();
        event.target.click();
    }
});

document.addEventListener("portal:say", (event) => {
    document.getElementById("aloud").textContent = event.detail;
});
