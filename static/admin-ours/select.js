/* Names the parts of the autocomplete lists, which their own script leaves without. */

const $ = window.django?.jQuery;

function name(select) {
    const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling;
    if (!label || !box?.matches(".select2")) {
        return;
    }
    label.id ||= `${select.id}_label`;
    const selection = box.querySelector(".select2-selection");
    const shown = box.querySelector(".select2-selection__rendered");
    selection.setAttribute("aria-labelledby", [label.id, shown?.id].filter(Boolean).join(" "));
    for (const attribute of ["aria-describedby", "aria-invalid"]) {
        if (select.hasAttribute(attribute)) {
            selection.setAttribute(attribute, select.getAttribute(attribute));
        }
    }
    shown?.removeAttribute("role");  // the whole is the combobox, what it shows is its text
    shown?.removeAttribute("aria-readonly");
    box.querySelector("ul > .select2-selection__clear")?.remove();  // no item of the list
    for (const field of box.querySelectorAll(".select2-search__field")) {
        field.setAttribute("aria-label", label.textContent.trim());
    }
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
        const label = document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`);
        const field = document.querySelector(".select2-dropdown .select2-search__field");
        if (field) {
            field.setAttribute("aria-label", label?.textContent.trim() || "");
            field.focus();
        }
        document.querySelector(".select2-results__options")
            ?.setAttribute("aria-label", label?.textContent.trim() || "");
    });
    $(document).on("change select2:select select2:unselect", ".admin-autocomplete",
        (event) => setTimeout(() => name(event.target)));
}
