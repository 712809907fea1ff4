/* How much room a text still has, told when little is left. Without this script the field just ends. */

const NEAR = 0.8;  // of the length, from which the room left is shown
const SHORTEST = 60;  // shorter fields, such as a postcode, say it by themselves
const STEP = 10;  // characters between two times that it is read aloud

function roomOf(control) {
    const known = document.getElementById(`${control.id}_room`);
    if (known) {
        return known;
    }
    const room = document.createElement("p");
    room.id = `${control.id}_room`;
    room.className = "room-left quiet";
    room.append(document.createElement("span"), document.createElement("span"));
    room.firstChild.setAttribute("aria-hidden", "true");
    room.lastChild.className = "visually-hidden";
    room.lastChild.setAttribute("role", "status");
    control.after(room);
    return room;
}

document.addEventListener("input", (event) => {
    const control = event.target;
    const most = control.maxLength;
    if (!control.matches(".portal-form :is(input, textarea)") || !control.id || !(most >= SHORTEST)) {
        return;
    }
    const left = most - control.value.length;
    const isNear = left <= most * (1 - NEAR);
    if (!isNear && !document.getElementById(`${control.id}_room`)) {
        return;
    }
    const words = isNear ? `${gettext("Characters left:")} ${left}` : "";
    const [shown, read] = roomOf(control).children;
    shown.textContent = words;
    if (!isNear || left % STEP === 0) {
        read.textContent = words;
    }
});
