/* Names the parts of the autocomplete lists, which their own script leaves without: what is
   highlighted, chosen and removed is heard, and each choice can be removed with the keyboard. */

const $ = window.django?.jQuery;
let options = 0;

const labelOf = (select) =>
    select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
const say = (words, item) => document.dispatchEvent(
    new CustomEvent("portal:say", {detail: `${gettext(words)}: ${item}`}));

/** The field in which is typed: of several choices among them, of one in the list that is open. */
function fieldOf(select) {
    return select.nextElementSibling.querySelector(".select2-search__field")
        || document.querySelector(".select2-container--open .select2-search__field");
}

function name(select) {
    const label = labelOf(select);
    const box = select.nextElementSibling;
    if (!label || !box?.matches(".select2")) {
        return;
    }
    label.id ||= `${select.id}_label`;
    const selection = box.querySelector(".select2-selection");
    const shown = box.querySelector(".select2-selection__rendered");
    selection.setAttribute("aria-labelledby", [label.id, shown?.id].filter(Boolean).join(" "));
    const named = select.multiple ? fieldOf(select) : selection;
    for (const attribute of ["aria-describedby", "aria-invalid"]) {
        if (select.hasAttribute(attribute)) {
            named.setAttribute(attribute, select.getAttribute(attribute));
        }
    }
    shown?.removeAttribute("role");  // the whole is the combobox, what it shows is its text
    shown?.removeAttribute("aria-readonly");
    box.querySelector("ul > .select2-selection__clear")?.remove();  // no item of the list
    if (select.multiple) {
        named.setAttribute("aria-label", label.textContent.trim());
        nameSeveral(select, selection, named);
    }
    follow(select);
}

/** Of a list of several the field is the combobox, and what is around it a group. */
function nameSeveral(select, selection, field) {
    selection.role = "group";
    for (const attribute of ["aria-haspopup", "aria-expanded", "aria-disabled", "aria-owns"]) {
        selection.removeAttribute(attribute);
    }
    field.role = "combobox";
    field.ariaExpanded = String($(select).data("select2").isOpen());
    const crossesOf = () => [...selection.querySelectorAll(".select2-selection__choice__remove")];
    crossesOf().forEach((cross, index) => {
        const item = cross.parentElement.title;
        cross.role = "button";
        cross.tabIndex = 0;
        cross.ariaLabel = `${gettext("Take away")}: ${item}`;
        cross.onkeydown = (event) => {
            event.stopPropagation();  // or the list opens
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                cross.click();
                $(select).select2("close");
                setTimeout(() => (crossesOf()[index] || crossesOf()[index - 1] || field).focus());
            }
        };
    });
}

/** Once for each list: say which option is highlighted. */
function follow(select) {
    const list = $(select).data("select2");
    if (!list || "followed" in select.dataset) {
        return;
    }
    select.dataset.followed = "";
    list.on("results:focus", ({element}) => {
        const [option] = element;
        option.id ||= `option-${++options}`;
        fieldOf(select).setAttribute("aria-activedescendant", option.id);
    });
}

const nameAll = (where) => where.querySelectorAll(".admin-autocomplete").forEach(name);

if ($) {
    $(() => nameAll(document));
    document.addEventListener("formset:added", (event) => nameAll(event.target));
    // what is typed on a closed list is typed into its search, as in the lists of several
    document.addEventListener("keydown", (event) => {
        const box = event.target.closest?.(".select2-selection--single[aria-expanded=false]");
        const isText = event.key.length === 1 && event.key !== " ";
        if (box && isText && !event.ctrlKey && !event.metaKey && !event.altKey) {
            $(box.closest(".select2").previousElementSibling).select2("open");
        }
    });
    $(document).on("select2:open", (event) => {
        const words = labelOf(event.target)?.textContent.trim() || "";
        const field = fieldOf(event.target);
        field.ariaLabel = words;
        field.role = "combobox";
        field.ariaExpanded = "true";
        field.focus();
        document.querySelector(".select2-results__options").ariaLabel = words;
    });
    $(document).on("select2:select select2:unselect", ".admin-autocomplete[multiple]", (event) =>
        say(event.type === "select2:select" ? "Chosen" : "Removed", event.params.data.text));
    $(document).on("select2:clear", ".admin-autocomplete:not([multiple])", (event) =>
        event.params.data.forEach((item) => say("Removed", item.text)));
    $(document).on("change select2:open select2:close select2:select select2:unselect",
        ".admin-autocomplete", (event) => setTimeout(() => name(event.target)));
}
