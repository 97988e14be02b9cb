"""The few lines of script of our own, each fixed to the letter: a page may run these and no other written into it.

The server names their fingerprints in its content security policy. So nothing may be put into one of them; what differs
from run to run stands in an attribute beside it.
"""

from __future__ import annotations

import base64
import hashlib

import streamlit as st

from app.widgets.html import Child, Html, tag

# A link inside our markup would load the whole app afresh and start a new session. This hands it to Streamlit's
# own history instead, so that the session stays; where scripts are refused the link still works as a plain link.
# A part of another page is not there yet when its link is followed, so it is looked for until the page has settled.
LINKS = """
if (!window.throughlineLinks) {
  window.throughlineLinks = true;
  const seek = (part, left) => {
    const found = document.getElementById(part);
    if (found) found.scrollIntoView();
    if (left) setTimeout(() => seek(part, left - 1), 250);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest(".tl button.print")) window.print();
    const link = event.target.closest && event.target.closest(".tl a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = new URL(link.href, location.href);
    if (to.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    history.pushState({}, "", to.pathname + to.search + to.hash);
    window.dispatchEvent(new PopStateEvent("popstate"));
    const main = document.querySelector(".stMain");
    if (main) main.scrollTo(0, 0);
    if (to.hash) seek(to.hash.slice(1), 6);
  });
}
"""
# The address of the form holds the token: no request that page makes may pass it on.
NO_REFERRER = """
if (!document.querySelector('meta[name="referrer"]')) {
  const meta = document.createElement("meta");
  meta.name = "referrer"; meta.content = "no-referrer";
  document.head.append(meta);
}
"""
TO_THE_TOP = """
setTimeout(() => {
  const main = document.querySelector(".stMain"), title = document.querySelector(".tl h1");
  if (main) main.scrollTo(0, 0);
  if (title) { title.setAttribute("tabindex", "-1"); title.focus({preventScroll: true}); }
}, 60);
"""
# What came of a press, where its button is gone: shown and read out, unless whoever pressed is at another field already.
# More than once, as what was there before is taken off the page only when the new one is whole.
LOOK_HERE = """
for (const wait of [100, 600, 1500]) setTimeout(() => {
  const said = document.querySelector(".tl .look-here"), at = document.activeElement;
  if (!said || (at && at !== document.body && at !== said)) return;
  said.setAttribute("tabindex", "-1");
  said.focus({preventScroll: true});
  said.scrollIntoView({block: "nearest"});
}, wait);
"""
# Streamlit shows an upload that the server refused as the number of the refusal. These are the words for it.
REFUSED_UPLOADS = """
if (!window.throughlineUploads) {
  window.throughlineUploads = true;
  const words = {
    403: "This page is no longer known. Load it again, then drop the file.",
    413: "The file is larger than any that is read here.",
    429: "That is more than one reader may send at a time. Wait a minute, then drop it again.",
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      const box = change.target.closest && change.target.closest("[data-testid='stFileUploader']");
      for (const told of box ? box.querySelectorAll("[role='alert']") : []) {
        const code = /status code (\\d+)/.exec(told.textContent);
        if (code && words[code[1]]) told.textContent = words[code[1]];
      }
    }
  }).observe(document.body, {childList: true, subtree: true});
}
"""
# Signing in leaves the page for the provider's, and comes back to the first. What was asked for is kept for a quarter of an
# hour in a cookie that only the way back is sent; the server goes there if it is a page of ours.
ASKED_FOR = """
document.cookie = "throughline_asked=" + encodeURIComponent(location.pathname + location.search)
  + "; path=/oauth2callback; max-age=900; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
"""
EVERY = (ASKED_FOR, LINKS, LOOK_HERE, NO_REFERRER, TO_THE_TOP, REFUSED_UPLOADS)


def run(script: str, beside: Child = None) -> None:
    """Run one of the scripts above in the reader's browser; again whenever `beside` has changed since.

    ValueError for any other script.
    """
    if script not in EVERY:
        raise ValueError("Only a script of this module may run.")
    mark = tag("span", hidden=True, data_at=str(beside)) if beside is not None else ""
    st.html(f"{mark}{Html(f'<script>{script}</script>')}", unsafe_allow_javascript=True)


def fingerprint(script: str) -> str:
    """A script as a content security policy names it.

    >>> fingerprint("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
