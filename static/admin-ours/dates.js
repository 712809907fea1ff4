/* Names Django's shortcuts of dates and times, and takes the keyboard into the calendar and back. */

function labelOf(input) {
    const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    return input.ariaLabel || label?.textContent.trim() || "";
}

function nameShortcuts() {
    for (const shortcuts of document.querySelectorAll(".datetimeshortcuts")) {
        const label = labelOf(shortcuts.previousElementSibling);
        for (const link of shortcuts.querySelectorAll("a:not([role])")) {
            link.role = "button";
            link.ariaLabel = `${link.querySelector("[title]")?.title || link.textContent}: ${label}`;
            if (link.id) {
                link.ariaHasPopup = "dialog";
                link.addEventListener("click", () => enter(link));
            }
        }
    }
}

/** The box of a calendar or clock stands at the end of the page: go there and stay until it closes. */
function enter(link) {
    const box = document.getElementById(link.id.replace("link", "box"));
    if (!box.role) {
        box.role = "dialog";
        box.ariaLabel = link.ariaLabel;
        for (const [way, words] of [["previous", "Previous month"], ["next", "Next month"]]) {
            const step = box.querySelector(`.calendarnav-${way}`);
            if (step) {
                step.ariaLabel = gettext(words);
                step.addEventListener("click", () => document.dispatchEvent(new CustomEvent(
                    "portal:say", {detail: box.querySelector("caption").textContent})));
            }
        }
        box.addEventListener("keydown", (event) => stay(event, box, link));
        box.querySelector(".calendar-cancel a").addEventListener("click", () => link.focus());
    }
    const room = document.documentElement.clientWidth - box.offsetWidth;
    box.style.left = `${Math.max(0, Math.min(parseFloat(box.style.left), room))}px`;
    const chosen = [".selected a", ".today a", ".timelist a", "td a"].map((it) => box.querySelector(it));
    chosen.find(Boolean).focus();
}

function stay(event, box, link) {
    const links = [...box.querySelectorAll("a")];
    const [first, last] = [links[0], links.at(-1)];
    if (event.key === "Escape") {
        link.focus();  // Django closes the box when the key comes up
    } else if (event.key === "Tab" && document.activeElement === (event.shiftKey ? first : last)) {
        event.preventDefault();
        (event.shiftKey ? last : first).focus();
    }
}

window.addEventListener("load", nameShortcuts);  // after Django has made them
document.addEventListener("formset:added", nameShortcuts);
