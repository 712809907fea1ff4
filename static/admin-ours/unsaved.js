/* Leaving a form with unsaved changes is asked about, and a form is sent once.

   What has changed is told by the controls themselves: each still knows what the page brought. So
   a text that was typed and taken back asks nothing, and one that the browser filled in again
   after “Back” does. */

const form = document.querySelector(".portal-form");
const PATIENCE = 10_000;  // milliseconds after which a second click is meant
let sentAt = 0;
let isLeavingBySaving = false;

function isChanged(control) {
    if (!control.name || control.name.includes("__prefix__") || control.disabled) {
        return false;
    }
    if (control.matches("select")) {
        const options = [...control.options];
        const none = !control.multiple && !options.some((option) => option.defaultSelected);
        return options.some((option, index) =>
            option.selected !== (none ? index === 0 : option.defaultSelected));
    }
    if (control.matches("[type=checkbox], [type=radio]")) {
        return control.checked !== control.defaultChecked;
    }
    if (control.matches("[type=file]")) {
        return control.files.length > 0;
    }
    if (control.matches("textarea[data-rich]")) {
        return textOf(control.value) !== textOf(control.defaultValue);
    }
    return control.matches("input, textarea") && control.value !== control.defaultValue;
}

/** The editor writes an empty paragraph for an empty text, and its own way of the same tags. */
function textOf(html) {
    const body = new DOMParser().parseFromString(html, "text/html").body;
    return body.textContent.trim() ? body.innerHTML.replace(/\s+/g, " ").trim() : "";
}

const isUnsaved = () => form.matches("[data-unsaved]") || [...form.elements].some(isChanged);

if (form) {
    form.addEventListener("submit", (event) => {
        if (event.defaultPrevented) {
            return;
        }
        if (Date.now() - sentAt < PATIENCE) {
            event.preventDefault();  // the second click of a double click
            return;
        }
        sentAt = Date.now();
        isLeavingBySaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
        if (!isLeavingBySaving && isUnsaved()) {
            event.preventDefault();
        }
        isLeavingBySaving = false;  // if the answer never comes, what is typed is unsaved still
    });
    window.addEventListener("pageshow", () => {
        sentAt = 0;
        isLeavingBySaving = false;
    });
}
