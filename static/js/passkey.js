// Passkeys: asks the device to make or show one, and sends its answer with the form around the
// button. Without this script the form stays hidden, and the note after it says what to do.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

const make = ({ publicKey: wanted }) =>
  navigator.credentials.create({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      user: { ...wanted.user, id: bytes(wanted.user.id) },
      excludeCredentials: keys(wanted.excludeCredentials),
    },
  });

const show = ({ publicKey: wanted }) =>
  navigator.credentials.get({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      allowCredentials: keys(wanted.allowCredentials),
    },
  });

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const found = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!found.ok) throw new Error(found.status);
  return (await found.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button");
  const refusal = form.querySelector("[role=alert]");
  form.hidden = false;
  form.nextElementSibling.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    button.disabled = true;
    refusal.textContent = "";
    try {
      const wanted = await options(form);
      const credential = await (form.dataset.passkey === "make" ? make(wanted) : show(wanted));
      form.elements.credential.value = answer(credential);
      form.submit();
    } catch (error) {
      const words = refusal.dataset;
      refusal.textContent =
        error.name === "InvalidStateError" ? words.known
        : error.name === "NotAllowedError" ? words.stopped
        : words.impossible;
      button.disabled = false;
      button.focus();
    }
  });
}
