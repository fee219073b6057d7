// Asks the phone where it is, on tap only. Whatever goes wrong, the form is sent without: the server decides what that means.
"use strict";
const form = document.getElementById("punch");
const patience = { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 };
let asked = false;

form.addEventListener("submit", (event) => {
  if (asked || !("place" in form.dataset) || !navigator.geolocation) return;
  event.preventDefault();
  asked = true;
  document.getElementById("place").textContent = form.dataset.looking;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      for (const name of ["latitude", "longitude", "accuracy"]) form.elements[name].value = coords[name];
      form.submit();
    },
    () => form.submit(),
    patience,
  );
});

// A page that comes back from the phone's memory may be tapped again.
window.addEventListener("pageshow", () => { asked = false; });
