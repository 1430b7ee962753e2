// Passkeys: puts questions to the device and sends its answers as forms. What
// it says stands on the page. Pages are complete without it.
(() => {
  const keys = window.PublicKeyCredential;
  if (!keys?.parseCreationOptionsFromJSON) return;
  for (const e of document.querySelectorAll("[data-passkeys], [data-passkey]")) e.hidden = false;
  for (const e of document.querySelectorAll("[data-no-passkeys]")) e.hidden = true;

  const ask = async (form, more) => {
    const answer = await fetch(form.dataset.passkey, { method: "POST", redirect: "error", headers: { Accept: "application/json" } });
    if (!answer.ok) throw answer;
    const { ticket, options } = await answer.json();
    const made = "add" in form.dataset
      ? await navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(options), ...more });
    form.elements.ticket.value = ticket;
    form.elements.credential.value = JSON.stringify(made);
    form.submit();
  };

  let waiting = new AbortController();
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-said]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      waiting.abort();
      said.textContent = form.dataset.waiting;
      try {
        await ask(form);
      } catch (why) {
        // The page is too old to change anything: a new one says what to do.
        if (why.status === 403) location.assign("/account?notice=confirm#keys");
        said.textContent = why.name === "NotAllowedError" ? form.dataset.canceled : why.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
      }
    });
  }

  // While the field for the address is empty, the browser offers passkeys in
  // it. A question is good for ten minutes, so a page left open asks again.
  const offer = async (form) => {
    waiting = new AbortController();
    const mine = waiting;
    const old = setTimeout(() => {
      mine.abort();
      if (mine === waiting) offer(form);
    }, 540000);
    try {
      await ask(form, { mediation: "conditional", signal: mine.signal });
    } catch {
      clearTimeout(old); // called off, or none was chosen: the form is there
    }
  };
  const field = document.querySelector("input[autocomplete~=webauthn]");
  const form = document.querySelector("form[data-passkey]:not([data-add])");
  if (field && form) keys.isConditionalMediationAvailable?.().then((can) => can && offer(form));
})();
