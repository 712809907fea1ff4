/* Starts the rich text editor when its text comes on the screen, and gives it names and keys. */

import {createEditor} from "django-prose-editor/configurable";

const extensions = JSON.parse(document.querySelector(".portal-form")?.dataset.editor || "{}");
const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
        if (entry.isIntersecting) {
            seen.unobserve(entry.target);
            start(entry.target);
        }
    }
}, {rootMargin: "200px"});

async function start(textarea) {
    if (textarea.closest(".prose-editor")) {
        return;
    }
    const hadFocus = document.activeElement === textarea;
    const editor = await createEditor(textarea, {extensions, js_modules: []});
    if (!editor) {
        return;
    }
    editor.setOptions({editorProps: {transformPastedHTML: withoutLooks}});
    nameText(textarea, editor.view.dom);
    editor.view.dom.addEventListener("keydown", (event) => pass(event, editor), true);
    const box = textarea.closest(".prose-editor");
    new MutationObserver(() => box.querySelectorAll("dialog:not([data-named])").forEach(nameDialog))
        .observe(box, {childList: true, subtree: true});
    const bar = await menubar(box);
    nameTools(textarea, bar);
    const follow = () => showStates(bar);
    editor.on("transaction", follow);
    follow();
    if (hadFocus) {
        editor.commands.focus();
    }
}

/** What Word and its like put beside the text. The policy of the page would block their styles,
    and with them the word that a wrapping <b> means nothing (Google Docs). The server sanitises. */
function withoutLooks(html) {
    return html
        .replace(/<!--[\s\S]*?-->/g, "")
        .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
        .replace(/<b\b[^>]*font-weight:\s*normal[^>]*>/gi, "<span>")
        .replace(/\s(style|class|lang)=("[^"]*"|'[^']*'|[^\s>]+)/gi, "")
        .replace(/<img\b[^>]*>/gi, "");
}

/** Tab leaves the editor from wherever one is, in a table cell by cell. Left to itself it nests the
    point of a list and adds rows to a table without end. */
function pass(event, editor) {
    const isNesting = event.altKey && event.shiftKey;
    if (event.key === "Tab") {
        event.stopImmediatePropagation();
        const {goToNextCell, goToPreviousCell} = editor.commands;
        if ((event.shiftKey ? goToPreviousCell : goToNextCell)()) {
            event.preventDefault();
        }
    } else if (isNesting && event.key === "ArrowRight" && editor.commands.sinkListItem("listItem")
        || isNesting && event.key === "ArrowLeft" && editor.commands.liftListItem("listItem")) {
        event.preventDefault();
    }
}

let dialogs = 0;

function nameDialog(dialog) {
    dialog.dataset.named = "";
    const title = dialog.querySelector(".prose-editor-dialog-title");
    if (title) {
        title.id = `editor-dialog-${++dialogs}`;
        dialog.setAttribute("aria-labelledby", title.id);
    }
    for (const option of dialog.querySelectorAll("option")) {
        option.value = option.textContent;  // what the editor looks at
        option.textContent = gettext(option.value);
        option.selected = option.value === "Yes";  // without headings a table says little
    }
}

/** The editor draws its menu a moment after it has started. */
async function menubar(box) {
    while (!box.querySelector(".prose-menubar button")) {
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return box.querySelector(".prose-menubar");
}

function labelOf(textarea) {
    return document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
}

function nameText(textarea, text) {
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    const label = labelOf(textarea);
    if (label) {
        label.id ||= `${textarea.id}_label`;
        text.setAttribute("aria-labelledby", label.id);
        label.addEventListener("click", () => text.focus());
    }
    for (const name of ["lang", "aria-describedby", "aria-invalid"]) {
        if (textarea.hasAttribute(name)) {
            text.setAttribute(name, textarea.getAttribute(name));
        }
    }
}

function nameTools(textarea, bar) {
    bar.setAttribute("role", "toolbar");
    const label = labelOf(textarea)?.textContent.trim().replace(/:$/, "") || "";
    bar.setAttribute("aria-label", `${gettext("Formatting")}: ${label}`);
    for (const button of bar.querySelectorAll("button")) {
        const words = gettext(button.dataset.name);
        button.setAttribute("aria-label", words);
        button.title = /List$/.test(button.dataset.name) ? `${words}. ${gettext("Nesting")}` : words;
        button.tabIndex = -1;
    }
    bar.addEventListener("keydown", (event) => {
        const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
        if (step) {
            event.preventDefault();
            const shown = shownButtons(bar);
            const next = shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length];
            setReachable(bar, next);
            next.focus();
        }
    });
    setReachable(bar, shownButtons(bar)[0]);
}

const shownButtons = (bar) => [...bar.querySelectorAll("button:not(.hidden)")];

/** One stop of the Tab key for the whole bar; arrows move inside it. */
function setReachable(bar, button) {
    for (const other of bar.querySelectorAll("button")) {
        other.tabIndex = other === button ? 0 : -1;
    }
}

function showStates(bar) {
    for (const button of bar.querySelectorAll("button")) {
        button.setAttribute("aria-disabled", String(button.classList.contains("disabled")));
        if (/^(bold|italic|bulletList|orderedList|blockquote|heading\d|link)$/.test(button.dataset.name)) {
            button.setAttribute("aria-pressed", String(button.classList.contains("active")));
        }
        button.hidden = button.classList.contains("hidden");
    }
    if (!bar.querySelector("button:not(.hidden)[tabindex='0']")) {
        setReachable(bar, shownButtons(bar)[0]);
    }
}

function watch(where) {
    for (const textarea of where.querySelectorAll("textarea[data-rich]")) {
        if (!textarea.name.includes("__prefix__")) {
            seen.observe(textarea);
        }
    }
}

watch(document);
document.addEventListener("formset:added", (event) => watch(event.target));
