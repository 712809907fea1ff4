/* Rows of an inline: the new one gets the keyboard, names follow what is typed, order by buttons or
   by dragging. */

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

/** The name of a row is what its first field says. */
function rename(row) {
    const control = row.querySelector(".field input:not([type=hidden]), .field select, .field textarea");
    const label = row.querySelector(".inline_label");
    if (!control || !label || row.matches(".has_original")) {
        return;
    }
    const text = control.matches("select")
        ? control.selectedOptions[0]?.textContent : control.value;
    label.dataset.number ||= label.textContent;
    label.textContent = text?.trim() || label.dataset.number;
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
    row.querySelector(`[data-step="${step}"]`).focus();
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
        button.setAttribute("aria-label",
            `${gettext(words)}: ${row.querySelector("summary").textContent.replace(/\s+/g, " ").trim()}`);
        button.addEventListener("click", () => move(row, group, step));
        tools.append(button);
    }
    addHandle(tools, row, group);
    row.append(tools);
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
    document.addEventListener("formset:removed", (event) => {
        if (event.detail.formsetName === prefix) {
            rowsOf(group).forEach((row) => renumber(row, prefix));
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
