/* How much room a text still has, told when little is left. Without this script the field just ends. */

const NEAR = 0.8;  // of the length, from which the room left is shown
const SHORTEST = 60;  // shorter fields, such as a postcode, say it by themselves
const STEP = 10;  // characters between two times that it is read aloud

/** The room is there before there is anything to say in it, or its first words are not heard. */
function addRoom(control) {
    if (!(control.maxLength >= SHORTEST) || !control.id || control.name.includes("__prefix__")) {
        return;
    }
    const room = document.createElement("p");
    room.className = "room-left quiet";
    room.append(document.createElement("span"), document.createElement("span"));
    const [shown, read] = room.children;
    shown.id = `${control.id}_room`;
    shown.setAttribute("aria-hidden", "true");  // read as a description, not a second time below it
    read.className = "visually-hidden";
    read.setAttribute("role", "status");
    control.after(room);
    const described = control.getAttribute("aria-describedby");
    control.setAttribute("aria-describedby", [described, shown.id].filter(Boolean).join(" "));
    let before = tell(control, shown);
    control.addEventListener("input", () => {
        const left = tell(control, shown);
        const isTyped = Math.abs(left - before) === 1;  // neither pasted nor the first to be told
        if (!isTyped || left % STEP === 0) {
            read.textContent = shown.textContent;
        }
        before = left;
    });
}

/** Show the room left; Infinity while there is enough. */
function tell(control, shown) {
    const left = control.maxLength - control.value.length;
    const isNear = left <= control.maxLength * (1 - NEAR);
    shown.textContent = isNear ? `${gettext("Characters left:")} ${left}` : "";
    return isNear ? left : Infinity;
}

const addRooms = (where) => where.querySelectorAll("input, textarea").forEach(addRoom);

document.querySelectorAll(".portal-form").forEach(addRooms);
document.addEventListener("formset:added", (event) => addRooms(event.target));
