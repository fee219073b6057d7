// Keeps a page fresh and shows times in the reader's zone. Without it pages reload themselves and show UTC.
const language = document.documentElement.lang;
const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

function showLocalTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.title = time.textContent.trim();
    time.textContent = format.format(new Date(time.dateTime));
  }
}

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (fresh && fresh.innerHTML !== received) {
    received = fresh.innerHTML;
    showLocalTimes(fresh);
    document.querySelector("main").replaceChildren(...fresh.childNodes);
  }
}

let received = document.querySelector("main").innerHTML;
showLocalTimes(document);
if (document.body.dataset.lively) {
  // A server that is away for a moment is asked again at the next turn.
  setInterval(() => refresh().catch(() => {}), 2000);
}
