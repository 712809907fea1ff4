/* Rows of an inline: the new one gets the keyboard, names follow what is typed, order by buttons or
   by dragging; what became of a row is read aloud, and the keyboard stays near it. */

const ARIA = ["aria-describedby", "aria-labelledby", "aria-controls"];
const rowsOf = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];

/** Django renumbers id, name and for; what points at them must follow. */
function renumber(row, prefix) {
    const index = row.id.slice(prefix.length + 1);
    const pattern = new RegExp(`\\b${prefix}-(__prefix__|\\d+)`, "g");
    for (const element of row.querySelectorAll(ARIA.map((name) => `[${name}]`).join(","))) {
        for (const name of ARIA) {
            const value = element.getAttribute(name);
            if (value) {
                element.setAttribute(name, value.replace(pattern, `${prefix}-${index}`));
            }
        }
    }
}

const orderOf = (row) => row.querySelector('input[name$="-order"]');

const say = (words) => document.dispatchEvent(new CustomEvent("portal:say", {detail: words}));

/** What a row is called: a folded one on its summary, a line only to those who hear it. */
function nameOf(row) {
    return (row.querySelector(".inline_label")?.textContent || row.ariaLabel || "").trim();
}

const valueOf = (control) =>
    (control.matches("select") ? control.selectedOptions[0]?.textContent : control.value)?.trim();

/** The name of a new row is what its first field says, that of a line what the first two do. */
function rename(row) {
    const label = row.querySelector(".inline_label");
    if (!row.matches(".has_original")) {
        const controls = row.querySelectorAll(
            ".field input:not([type=hidden]), .field select, .field textarea");
        const words = [...controls].slice(0, label ? 1 : 2).map(valueOf).filter(Boolean).join(", ");
        row.dataset.number ||= nameOf(row);
        if (label) {
            label.textContent = words || row.dataset.number;
        } else {
            row.ariaLabel = words || row.dataset.number;
        }
    }
    for (const button of row.querySelectorAll("[data-step]")) {
        button.ariaLabel = `${button.title}: ${nameOf(row)}`;
    }
    const remove = row.querySelector("a.inline-deletelink");
    if (remove) {
        remove.ariaLabel = `${remove.textContent}: ${nameOf(row)}`;
    }
}

/** A new row stands last, once there is something in it. */
function placeLast(row, group) {
    const order = orderOf(row);
    if (!order || order.value !== "0" || row.matches(".has_original")) {
        return;
    }
    const highest = Math.max(...rowsOf(group).map((other) => Number(orderOf(other)?.value) || 0));
    if (highest > 0) {
        order.value = String(highest + 1);
    }
}

function move(row, group, step) {
    const rows = rowsOf(group);
    const other = rows[rows.indexOf(row) + step];
    if (!other) {
        return;
    }
    (step < 0 ? other.before.bind(other) : other.after.bind(other))(row);
    count(group);
    const place = rowsOf(group).indexOf(row) + 1;
    const isAtEnd = place === (step < 0 ? 1 : rows.length);  // where the button is hidden
    row.querySelector(`[data-step="${isAtEnd ? -step : step}"]`).focus();
    say(`${nameOf(row)}, ${place}/${rows.length}`);
}

/** After a row is gone: to the one before it, or to the button that adds one. */
function removed(group, {index, name}) {
    const rows = rowsOf(group);
    rows.forEach((row) => renumber(row, prefixOf(group)));
    const before = rows[index - 1];
    (before?.querySelector("summary") || before || group.querySelector(".add-row a")).focus();
    say(`${gettext("Removed")}: ${name}`);
}

function count(group) {
    rowsOf(group).forEach((each, index) => { orderOf(each).value = String(index + 1); });
    group.closest("form").dispatchEvent(new Event("change", {bubbles: true}));
}

/** The mouse takes a row by its handle; the keyboard and fingers have the buttons beside it. */
function addHandle(tools, row, group) {
    const handle = document.createElement("span");
    handle.className = "drag-handle";
    handle.draggable = true;
    handle.textContent = "⠿";
    handle.title = gettext("Drag to another place");
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("dragstart", (event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
        event.dataTransfer.setDragImage(row, 0, 0);
        row.classList.add("dragged");
    });
    handle.addEventListener("dragend", () => {
        row.classList.remove("dragged");
        count(group);
    });
    tools.prepend(handle);
}

function dragOver(event, group) {
    const dragged = group.querySelector(".dragged");
    const over = event.target.closest(".inline-related:not(.empty-form)");
    if (!dragged || !over) {
        return;
    }
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over !== dragged) {
        over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
    }
}

function addOrderButtons(row, group) {
    const order = orderOf(row);
    if (!order || row.querySelector(".row-tools")) {
        return;
    }
    order.closest(".field").hidden = true;
    const tools = document.createElement("div");
    tools.className = "row-tools";
    for (const [step, words, sign] of [[-1, "Move up", "↑"], [1, "Move down", "↓"]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.step = step;
        button.textContent = sign;
        button.title = gettext(words);
        button.addEventListener("click", () => move(row, group, step));
        tools.append(button);
    }
    addHandle(tools, row, group);
    row.append(tools);
    rename(row);
}

const prefixOf = (group) => group.id.replace(/-group$/, "");

// on the document, where lists to pick from are made of their selects before this is called
document.addEventListener("formset:added", (event) => {
    const row = event.target;
    const group = row.closest(".inline-group.rows");
    if (!group) {
        return;
    }
    renumber(row, prefixOf(group));
    addOrderButtons(row, group);
    rename(row);
    row.querySelector("details")?.toggleAttribute("open", true);
    const first = row.querySelector(
        ".field:not([hidden]) :is(input:not([type=hidden]), select, textarea)");
    const select = first?.nextElementSibling?.querySelector?.(".select2-selection");
    (select || first)?.focus();
});

for (const group of document.querySelectorAll(".inline-group.rows")) {
    const prefix = prefixOf(group);
    rowsOf(group).forEach((row) => addOrderButtons(row, group));
    group.addEventListener("dragover", (event) => dragOver(event, group));
    group.addEventListener("input", (event) => follow(event, group));
    group.addEventListener("change", (event) => follow(event, group));
    let leaving = {index: 0, name: ""};
    group.addEventListener("click", (event) => {
        const row = event.target.closest("a.inline-deletelink")?.closest(".inline-related");
        if (row) {
            leaving = {index: rowsOf(group).indexOf(row), name: nameOf(row)};
        }
    }, true);
    document.addEventListener("formset:removed", (event) => {
        if (event.detail.formsetName === prefix) {
            setTimeout(() => removed(group, leaving));  // after Django has numbered the others
        }
    });
}

function follow(event, group) {
    const row = event.target.closest(".inline-related");
    if (row) {
        placeLast(row, group);
        rename(row);
    }
}
// select2 tells of a choice through jQuery only
window.django?.jQuery?.(document).on("change", ".inline-group.rows select", (event) => {
    follow(event, event.target.closest(".inline-group"));
});
