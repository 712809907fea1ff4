/* On a phone a row of a list is a card: each word in it says which column it is of. */

const names = [...document.querySelectorAll("#result_list thead th")]
    .map((heading) => heading.querySelector(".text")?.textContent.trim() || "");
for (const row of document.querySelectorAll("#result_list tbody tr")) {
    [...row.children].forEach((cell, index) => {
        if (cell.matches("td:not(.action-checkbox)") && names[index]) {
            cell.dataset.column = names[index];
        }
    });
}
