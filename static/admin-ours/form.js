/* A form of the admin: one section at a time, errors first, fields that matter only sometimes.
   Without this script everything is there, one section after another. */

const form = document.querySelector(".portal-form");
const nav = document.querySelector("[data-sections]");
const menu = nav?.querySelector("details");
const sections = [...document.querySelectorAll(".form-section")];
const narrow = matchMedia("(width < 64rem)");
let showsAll = false;

/** A browser that goes to a fragment when the page has loaded takes the keyboard away: not before. */
function whenLoaded(act) {
    if (document.readyState === "complete") {
        act();
    } else {
        window.addEventListener("load", act, {once: true});
    }
}

/** Bring an element on the screen, whatever it is folded into, and put the keyboard on it. */
function reveal(element) {
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) {
        box.open = true;
    }
    const section = element.closest(".form-section");
    if (section) {
        show(section);
    }
    document.dispatchEvent(new CustomEvent("portal:reveal", {detail: element}));
    whenLoaded(() => requestAnimationFrame(() => requestAnimationFrame(() => {
        const editor = element.closest(".prose-editor")?.querySelector(".ProseMirror");
        const select = element.nextElementSibling?.querySelector?.(".select2-selection");
        (editor || select || element).focus();
    })));
}

function show(section) {
    for (const other of sections) {
        other.hidden = !showsAll && other !== section;
    }
    for (const link of nav.querySelectorAll("a")) {
        const isCurrent = link.hash === `#${section.id}`;
        link.toggleAttribute("aria-current", isCurrent);
        if (isCurrent) {
            link.setAttribute("aria-current", "true");
            menu.querySelector("summary").textContent = `${gettext("Section")}: ${link.textContent}`;
        }
    }
    form.classList.toggle("showing-all", showsAll);
    menu.open = !narrow.matches;  // on a phone, a menu that closes behind the choice
    // a fragment survives the redirect after saving, so the editor comes back to this section
    form.action = `${location.pathname}${location.search}#${section.id}`;
}

function followHash() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !form.contains(target)) {
        return false;
    }
    if (target.matches(".form-section")) {
        show(target);
        const title = target.querySelector(".section-title");
        title.tabIndex = -1;
        whenLoaded(() => {
            title.focus({preventScroll: true});
            (narrow.matches ? nav : title).scrollIntoView({block: "nearest"});
        });
    } else {
        reveal(target);
    }
    return true;
}

function addShowAll() {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = gettext("Show all sections");
    button.addEventListener("click", () => {
        showsAll = !showsAll;
        button.textContent = gettext(showsAll ? "Show one section" : "Show all sections");
        show(sections.find((section) => !section.hidden));
    });
    item.append(button);
    nav.querySelector("ul").append(item);
}

/** Is the condition of a field true? "state=done", "activity=paused|cancelled", or just "image";
    of the same row, or else of the form itself. */
function holds(control) {
    const [name, values] = control.dataset.when.replace(/!$/, "").split("=");
    const prefix = control.name.match(/^(.*-\d+-)?/)[0];
    const other = form.elements.namedItem(prefix + name) || form.elements.namedItem(name);
    if (!other) {
        return true;
    }
    // a stored file is not in its control; the box that takes it away tells that there is one
    if (other.type === "file" && form.elements.namedItem(`${other.name}-clear`)) {
        return true;
    }
    return values ? values.split("|").includes(other.value) : Boolean(other.value);
}

function showWhatMatters() {
    for (const control of form.querySelectorAll("[data-when]")) {
        const field = control.closest(".field");
        const isChoice = control.matches("select");
        // "!": what it holds does not count either, and is dropped when the form is saved
        const isFilled = !isChoice && control.value !== "" && !control.dataset.when.endsWith("!");
        field.classList.toggle(
            "beside-the-point", !holds(control) && !isFilled && !field.matches(".errors"));
    }
}

if (form) {
    const problems = document.getElementById("refusal") || document.getElementById("problems");
    if (nav) {
        addShowAll();
        narrow.addEventListener("change", () => { menu.open = !narrow.matches; });
        const first = sections.find((section) => section.querySelector(".errors, .errorlist"));
        show((problems && first) || sections[0]);
    }
    if (problems) {
        // the section the form was sent from is still in the address, and would take the focus away
        history.replaceState(null, "", location.pathname + location.search);
        problems.focus();
        form.addEventListener("click", (event) => {
            const link = event.target.closest("#refusal a, #problems a");
            const target = link?.hash && document.getElementById(link.hash.slice(1));
            if (target) {
                event.preventDefault();
                reveal(target);
            }
        });
    } else if (!(nav && followHash()) && form.matches("[data-new]") && !document.getElementById("told")) {
        form.querySelector(".field:not([hidden]) :is(input[type=text], input[type=email])")
            ?.focus({preventScroll: true});
    }
    window.addEventListener("hashchange", () => nav && followHash());
    nav?.addEventListener("click", (event) => {
        if (event.target.closest("a")?.hash === location.hash) {
            followHash();  // the address does not change, the menu closes all the same
        }
    });
    showWhatMatters();
    // at the first letter, not when the field is left: what is about to be clicked must not move
    form.addEventListener("input", showWhatMatters);
    form.addEventListener("change", showWhatMatters);
    document.addEventListener("formset:added", showWhatMatters);
}
