/* Switches the language of all texts of a form at once and counts what is not translated. */

const bar = document.querySelector("[data-languages]");
const buttons = bar ? [...bar.querySelectorAll("[data-switch]")] : [];
let current = "fi";

const texts = () => [...document.querySelectorAll(".portal-form [data-language]")]
    .filter((text) => text.name && !text.name.includes("__prefix__"));

function apply() {
    for (const text of document.querySelectorAll(".portal-form .field [data-language]")) {
        text.closest(".field").hidden = text.dataset.language !== current;
    }
    for (const button of buttons) {
        button.setAttribute("aria-pressed", String(button.dataset.switch === current));
    }
    count();
}

/** How many texts that exist in Finnish are empty in the other languages, on the buttons. */
function count() {
    const values = new Map(texts().map((text) => [text.name, text.value.trim()]));
    for (const button of buttons) {
        const language = button.dataset.switch;
        let missing = 0;
        for (const [name, value] of values) {
            if (language !== "fi" && name.endsWith(`_${language}`)) {
                const source = values.get(name.slice(0, -2) + "fi");
                missing += source && !value ? 1 : 0;
            }
        }
        button.querySelector(".state").textContent = missing ? `${missing} ${gettext("missing")}` : "";
    }
}

if (bar && texts().length + document.querySelectorAll("[data-language]").length) {
    bar.hidden = false;
    for (const button of buttons) {
        button.addEventListener("click", () => {
            current = button.dataset.switch;
            apply();
        });
    }
    document.addEventListener("portal:reveal", (event) => {
        const language = event.detail.dataset.language;
        if (language && language !== current) {
            current = language;
            apply();
        }
    });
    document.addEventListener("formset:added", apply);
    document.addEventListener("formset:removed", count);
    document.addEventListener("input", (event) => {
        if (event.target.dataset?.language) {
            count();
        }
    });
    apply();
}
