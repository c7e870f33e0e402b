// What needs a script. Without it the pages offer another way to do the same.
(() => {
  'use strict';
  const $ = (what, inside) => (inside || document).querySelector(what);
  const all = (what, inside) => [...(inside || document).querySelectorAll(what)];
  const say = text => { const live = $('#live'); live.textContent = ''; setTimeout(() => { live.textContent = text; }, 50); };

  const problems = $('#problemen');
  if (problems) problems.focus();

  // The head of a table that fits sticks; a wider table scrolls in its box.
  const fit = new ResizeObserver(() => all('.scroll').forEach(box => box.classList.toggle('fits', $('table', box).offsetWidth <= box.clientWidth)));
  all('.scroll,.scroll>table').forEach(part => fit.observe(part));

  // Dropping files.
  for (const zone of all('[data-drop]')) {
    const field = $('input[type=file]', zone), note = $('.dropnote', zone);
    if (note) note.hidden = false;
    zone.addEventListener('dragover', e => { e.preventDefault(); zone.classList.add('over'); });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', e => {
      e.preventDefault();
      zone.classList.remove('over');
      if (!e.dataTransfer.files.length) return;
      field.files = e.dataTransfer.files;
      if (zone.requestSubmit) zone.requestSubmit();
    });
  }

  // Live progress; at the end the page reloads.
  const waiting = $('[data-stream]');
  if (waiting && window.EventSource) {
    const source = new EventSource(waiting.dataset.stream);
    let first = true;
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000); };
    source.onmessage = e => {
      const now = JSON.parse(e.data), bar = $('progress', waiting);
      if (now.over) { source.close(); location.reload(); return; }
      if (bar && now.percent) bar.value = now.percent;
      const step = $('[data-step]', waiting), percent = $('[data-percent]', waiting);
      if (step && now.step) step.textContent = now.step;
      if (percent) percent.textContent = now.percent ? now.percent + '%' : '';
      if (first && now.step) { say(now.step); first = false; }
    };
  }

  // Warning before the session ends.
  const ends = Number(document.body.dataset.ends) * 1000;
  if (ends) {
    let timer, box;
    // An open dialog makes all outside it inert.
    const place = () => { const to = $('dialog[open]') || document.body; if (box && box.parentNode !== to) to.append(box); };
    for (const type of ['focusin', 'close']) document.addEventListener(type, place, true);
    const warn = until => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        box = document.createElement('div');
        box.className = 'ending';
        box.setAttribute('role', 'alert');
        const text = document.createElement('p'), button = document.createElement('button');
        text.textContent = document.body.dataset.endsText;
        button.textContent = document.body.dataset.longer;
        button.addEventListener('click', async () => {
          const answer = await fetch('/verleng', { method: 'POST', headers: { Accept: 'application/json' } });
          if (!answer.ok || answer.redirected) return;
          box.remove();
          box = null;
          warn((await answer.json()).ends * 1000);
        });
        box.append(text, button);
        place();
      }, Math.max(0, until - Date.now() - 300000));
    };
    warn(ends);
  }

  // Keys in the list of decisions.
  const list = $('[data-list]'), words = $('#woorden');
  if (!list) return;
  const rows = all('tbody tr', list);
  let at = -1;
  const aside = $('#naast');
  let asked;
  const tell = row => {
    if (!aside || innerWidth < 1100) return;
    if (asked) asked.abort();
    asked = new XMLHttpRequest();
    asked.open('GET', '/uitval/' + row.dataset.nr);
    asked.responseType = 'document';
    asked.onload = () => {
      const story = asked.response && asked.response.querySelector('#verhaal');
      if (!story || rows[at] !== row) return;
      const heading = document.createElement('h2');
      heading.textContent = asked.response.querySelector('h1').textContent;
      aside.replaceChildren(heading, document.adoptNode(story));
      aside.hidden = false;
    };
    asked.send();
  };
  const go = (to, focus) => {
    if (to < 0 || to >= rows.length) return;
    if (rows[at]) rows[at].classList.remove('here');
    at = to;
    rows[at].classList.add('here');
    if (focus) $('a.open', rows[at]).focus();
    tell(rows[at]);
  };
  rows.forEach((row, i) => {
    row.addEventListener('focusin', () => { if (at !== i) go(i, false); });
    row.addEventListener('click', e => { if (!e.target.closest('a,input')) go(i, true); });
  });
  if (!words) return;
  const hint = $('.keyhint');
  if (hint) hint.hidden = false;
  const box = $('#besluitvak'), keys = $('#toetsen'), reason = $('#redenvak');
  const off = $('[data-keys-off]');
  off.checked = localStorage.getItem('pxq-keys') === 'off';
  off.addEventListener('change', () => localStorage.setItem('pxq-keys', off.checked ? 'off' : 'on'));
  for (const button of all('[data-cancel]')) button.addEventListener('click', () => button.closest('dialog').close());
  const back = () => { if (rows[at]) $('a.open', rows[at]).focus(); };
  box.addEventListener('close', back);
  keys.addEventListener('close', back);

  const chosen = () => {
    const picked = rows.filter(row => !row.classList.contains('gone') && $('.pick input', row).checked);
    return picked.length ? picked : rows[at] && !rows[at].classList.contains('gone') ? [rows[at]] : [];
  };
  const next = () => {
    for (let i = at + 1; i < rows.length; i++) if (!rows[i].classList.contains('gone')) return go(i, true);
    for (let i = at - 1; i >= 0; i--) if (!rows[i].classList.contains('gone')) return go(i, true);
    say(words.dataset.empty);
  };
  // Send one at a time, in order, also when the page is left.
  let sending = Promise.resolve();
  const post = (word, text, about) => sending = sending.then(async () => {
    const body = new URLSearchParams({ besluit: word, reden: text });
    for (const row of about) body.append('regel', row.dataset.row + '@' + row.dataset.version);
    try {
      const answer = await fetch('/uitval/besluit', { method: 'POST', body, headers: { Accept: 'application/json' }, keepalive: true });
      const told = await answer.json();
      if (!answer.ok) return told.problems ? told.problems.map(p => p.Text).join(' ') : words.dataset.failed;
      say(told.text);
      for (const row of about) if ((told.back || []).includes(row.dataset.row)) row.classList.remove('gone');
      return '';
    } catch { return words.dataset.failed; }
  });
  // Focus the next row at once; rows whose decision was not taken come back.
  const send = async (word, text, about) => {
    for (const row of about) {
      row.classList.add('gone');
      $('.pick input', row).checked = false;
    }
    next();
    const wrong = await post(word, text, about);
    if (wrong) for (const row of about) row.classList.remove('gone');
    return wrong;
  };
  const ask = (word, about = chosen()) => {
    if (!about.length) return;
    if (word === 'akkoord' && about.every(row => 'nolift' in row.dataset)) return say(words.dataset.nolift);
    if (word === 'aanhouden') { send(word, '', about).then(wrong => wrong && say(wrong)); return; }
    $('#besluitkop').textContent = words.dataset[word] + (about.length > 1 ? ' (' + about.length + ')' : '');
    $('[name=besluit]', box).value = word;
    $('[data-about]', box).textContent = about.length === 1 ? $('a.open', about[0]).textContent : '';
    $('[data-wrong]', box).textContent = '';
    const used = (about[0].dataset.reasons || '').split('\n').filter(Boolean).slice(0, 5);
    $('.used', box).replaceChildren(...used.map(text => {
      const item = document.createElement('li'), button = document.createElement('button');
      button.type = 'button';
      button.className = 'plain';
      button.textContent = text;
      button.addEventListener('click', () => confirm(text));
      item.append(button);
      return item;
    }));
    reason.value = '';
    box.about = about;
    box.used = used;
    box.showModal();
    (used.length ? $('.used button', box) : reason).focus();
  };
  const confirm = async text => {
    const word = $('[name=besluit]', box).value, about = box.about;
    const show = wrong => { $('[data-wrong]', box).textContent = wrong; reason.focus(); };
    if (!text.trim()) return show(await post(word, text, about)); // the server says what is missing
    box.close();
    const wrong = await send(word, text, about);
    if (!wrong) return;
    if (document.querySelector('dialog[open]')) return say($('a.open', about[0]).textContent + ': ' + wrong);
    go(rows.indexOf(about[0]), true);
    ask(word, about);
    reason.value = text;
    show(wrong);
  };
  $('form', box).addEventListener('submit', e => { e.preventDefault(); confirm(reason.value); });
  box.addEventListener('keydown', e => {
    if (e.key === 'Enter' && e.ctrlKey) { e.preventDefault(); confirm(reason.value); return; }
    if (e.target !== reason && /^[1-5]$/.test(e.key) && box.used[e.key - 1]) { e.preventDefault(); confirm(box.used[e.key - 1]); }
  });
  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || document.querySelector('dialog[open]')) return;
    if (e.target.closest('input:not([type=checkbox]),select,textarea,[contenteditable]')) return;
    if (e.key === '?') { keys.showModal(); return; }
    if (off.checked) return;
    const act = {
      j: () => go(Math.min(at + 1, rows.length - 1), true), k: () => go(Math.max(at - 1, 0), true),
      x: () => { if (rows[at]) $('.pick input', rows[at]).click(); },
      a: () => ask('akkoord'), w: () => ask('afwijzen'), h: () => ask('aanhouden'),
      z: async () => {
        await sending;
        const answer = await fetch('/uitval/terug', { method: 'POST', headers: { Accept: 'application/json' } });
        if (answer.ok) say((await answer.json()).text);
      },
      '/': () => $('#zoek').focus(),
    }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
})();
