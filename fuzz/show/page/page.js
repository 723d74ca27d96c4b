// SPDX-License-Identifier: MIT
// page.js: the run that stands in the page as JSON: what was found, and ways to
// step through the table of table.js. Text is set as text, never as markup.

const run = JSON.parse(document.getElementById('data').textContent);
const view = { rows: [], strips: [], lanes: [], first: 0, at: 0 };

// ------------------------------------------------------------------- helpers

function get(id) { return document.getElementById(id); }

function el(tag, attributes, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {}))
		if (value !== undefined && value !== null && value !== false)
			node.setAttribute(name, value);
	node.append(...children);
	return node;
}

// "pages", "entries", "boxes"
function plural(what) {
	return what.replace(/([^aeiou])y$/, '$1ie').replace(/(s|x|z|ch|sh)$/, '$1e') + 's';
}
function count(number, what) { return `${number} ${number === 1 ? what : plural(what)}`; }

// What the target has, and what it calls a page.
function has(what) { return !(run.lacks || []).includes(what); }
const pageName = run.page_name || 'page';

function taskName(task) { return run.tasks.find(t => t.task === task).name; }

// The operation that a step belongs to.
function operationOf(step) {
	return run.operations.findLast(op => op.task === step.task &&
		op.op === step.op && op.begin <= step.step);
}

const stopAfter = new Map(run.stops.map(stop => [stop.after, stop]));
const stopBefore = new Map(run.stops.map(stop => [stop.before, stop]));

// The deciding orders; none if nobody asked, or there are none.
const orders = run.deciding && run.deciding.orders || [];

// The steps that matter, in their order: of deciding orders, or in conflict.
const keySteps = [...new Set(orders.length ?
	orders.flatMap(order => [order.first, order.second || order.first]) :
	run.conflict ? [run.conflict.first, run.conflict.second] : [])].sort((a, b) => a - b);

// "1", "1 2": the deciding orders that a step is of; or "A" and "B": in conflict.
function markOf(number) {
	if (orders.length)
		return orders.map((order, i) => order.first === number || order.second === number ?
			`${i + 1}` : '').filter(Boolean).join(' ');
	if (!run.conflict)
		return '';
	if (number === run.conflict.first)
		return 'A';
	return number === run.conflict.second ? 'B' : '';
}

// -------------------------------------------------------------------- header

// Of a crash with the function it happened in.
function findingText() {
	const { finding, where } = run.verdict;
	return where ? `${finding} in ${where}` : finding || 'clean';
}

function drawVerdict() {
	const { verdict, config, counts } = run;
	const title = get('finding');
	title.textContent = findingText();
	title.className = verdict.finding ? 'broken' : '';
	document.title = `${title.textContent}: ${run.file}`;
	let promise = 'Every promise was kept.';
	if (verdict.finding) {
		promise = `${verdict.failure}. Broken: ${verdict.promise}`;
		if (verdict.pages > 1)
			promise += ` (${pageName} ${verdict.page} and ${verdict.pages - 1} more are not)`;
		else if (verdict.handed_out_as)
			promise += ` (${pageName} ${verdict.page}, handed out as ` +
				`${count(verdict.handed_out_as, pageName)})`;
		else if (verdict.page !== undefined)
			promise += ` (${pageName} ${verdict.page})`;
	}
	if (verdict.touched)
		promise += ` Touched: ${verdict.touched}.`;
	get('promise').textContent = promise;
	get('facts').textContent = [
		`${run.target}, revert ${run.revert}`,
		`${config.pages} ${plural(pageName)}` +
			(has('percpu') ? `, per-CPU lists high ${config.pcp_high} batch ` +
				`${config.pcp_batch}` : '') +
			(has('tree') ? `, ${config.fanout} slots a node` : ''),
		`${count(counts.preemptions, 'preemption')}, ` +
			`${count(counts.operations, 'operation')} of which ${counts.setup} set-up, ` +
			`${count(counts.points, 'access point')}` +
			(counts.steps_left_out ? `; ${count(counts.steps_left_out, 'step')} in the middle left out` : ''),
		`digest ${run.digest}`,
	].join(' · ');
	get('replay').textContent = run.replay;
	get('program').textContent = run.program;
	if (run.history)
		drawHistory(run.history);
	if (orders.length)
		drawOrders();
	else if (run.conflict)
		drawConflict();
	else if (run.deciding && run.deciding.none)
		get('conflict').append(el('p', { class: 'why' },
			`No order decides: ${run.deciding.none}.`));
}

// Why a step can come before one of a smaller number.
function memoryDid(step) {
	const own = (step.memory || []).filter(one => one.task === step.task);
	return own.length ? `, ${own[0].text}` : '';
}

function stepButton(number, mark) {
	const step = run.steps.find(one => one.step === number);
	const button = el('button', { type: 'button' },
		mark ? el('span', { class: 'mark' }, mark) : '',
		` step ${number}, ${taskName(step.task)} op${step.op} ` +
		`${operationOf(step).text}: ${step.kind === 'access' ? step.text : `${step.kind}s`}` +
		memoryDid(step));
	button.addEventListener('click', () => goToStep(number));
	return button;
}

function paragraphs(text) {
	return text.split('; ').map(part => el('p', { class: 'why' }, part));
}

function drawConflict() {
	const list = el('ol');
	for (const number of [run.conflict.first, run.conflict.second])
		list.append(el('li', {}, stepButton(number, markOf(number))));
	get('conflict').append(el('h2', {}, 'In conflict'), list, ...paragraphs(`Why: ${run.conflict.why}`));
}

// Which order, and what was tried.
function drawOrders() {
	const list = el('ol');
	for (const [i, order] of orders.entries()) {
		const never = order.before_what_did_not_come;
		list.append(el('li', {}, stepButton(order.first, `${i + 1}`),
			el('div', { class: 'before' }, 'before ', never ?
				`${taskName(never.task)} op${never.op}: ${never.text}, which has not come` :
				stepButton(order.second, ''),
				el('span', { class: 'claim' }, ` ${order.claim}`))));
	}
	const { sentence, claim, claim_in_order: inOrder } = run.deciding;
	const why = run.conflict ? run.conflict.why : sentence, at = why.indexOf(sentence);
	const lead = why.slice(0, at).replace(/; $/, ''), more = why.slice(at + sentence.length + 2);
	get('conflict').append(el('h2', {}, 'What happened'),
		...lead ? paragraphs(lead) : [], ...paragraphs(sentence),
		...more ? paragraphs(more) : [],
		el('h2', {}, orders.length === 1 ? 'Deciding order' : 'Deciding orders'),
		list, ...inOrder ? [el('p', { class: 'claim' }, inOrder)] : [],
		el('p', { class: 'claim' }, claim));
}

// A bar a call, from when to when; and the nearest order there is.
function drawHistory({ from, until, wrong, calls, nearest }) {
	const part = instant => `${100 * (instant - from) / (until + 1 - from)}%`;
	const rows = calls.filter(call => !call.setup).map(({ task, text, begun, ended }) => {
		const bar = el('span', { class: ended ? 'bar' : 'bar open' });
		bar.style.marginLeft = part(begun);
		bar.style.width = part((ended || until + 1) - begun + from);
		return el('li', {}, el('span', {}, `${task}  ${text}`), el('span', { class: 'time' }, bar));
	});
	const before = calls.filter(call => call.setup).map(call => call.text).join(', ');
	get('conflict').append(el('h2', {}, 'History that no order explains'),
		before ? el('p', { class: 'why' }, `Set-up: ${before}`) : '',
		el('ol', { class: 'history calls' }, ...rows),
		el('h2', {}, `Nearest order, ${count(wrong, 'answer')} wrong in it`),
		el('ol', { class: 'history' }, ...nearest.map(({ task, text, right }) =>
			el('li', right === undefined ? {} : { class: 'wrong' }, `${task}  ${text}` +
				(right === undefined ? '' : `, where ${right} would be right`)))));
}

// -------------------------------------------------------------------- detail

// Of a load and of a store there is one.
function valuesOf(step) {
	return ['load', 'store'].includes(step.access) ? step.new : `${step.old} → ${step.new}`;
}

function drawDetail(step) {
	const operation = operationOf(step);
	const detail = [el('strong', {}, step.kind === 'access' ? step.text : laneText(step)),
		`step ${step.step}, ${taskName(step.task)} op${step.op}, ${operation.text}`];
	if (step.kind === 'access') {
		detail.push(`, access point ${step.point}`, el('br'),
			el('span', { class: 'where' }, `${step.file}:${step.line}  ${step.site}`));
		if (step.old !== undefined)
			detail.push(el('br'), `${step.access}: ${valuesOf(step)}`);
	}
	const changed = run.pages.filter(page => page.states.some(s => s.from === step.step));
	for (const page of changed.slice(0, 4))
		detail.push(el('br'), `${pageName} ${page.page}: ${stateAt(page, step.step).text}`);
	if (changed.length > 4)
		detail.push(`; ${count(changed.length - 4, `more ${pageName}`)}`);
	get('detail').replaceChildren(...detail);
}

// ------------------------------------------------------------------ stepping

function select(index, focus) {
	view.at = Math.max(0, Math.min(index, view.rows.length - 1));
	if (!view.rows.length)
		return;
	if (view.at < view.first || view.at >= view.first + ROWS_MAX) {
		view.first = Math.max(0, view.at - ROWS_MAX / 2);
		drawTable();
	}
	for (const row of document.querySelectorAll('tr[aria-current]')) {
		row.removeAttribute('aria-current');
		row.tabIndex = -1;
	}
	const row = document.querySelector(`tr[data-row="${view.at}"]`);
	row.setAttribute('aria-current', 'step');
	row.tabIndex = 0;
	if (focus) {
		row.focus({ preventScroll: true });
		row.scrollIntoView({ block: 'nearest' });
	}
	drawDetail(view.rows[view.at]);
}

// The row of that step, or of the last one before it that is shown.
function rowOf(number) {
	return view.rows.findLastIndex(step => step.step <= number);
}

function goToStep(number) { select(rowOf(number), true); }

// The next of the steps that matter, from the last to the first.
function goToConflict() {
	if (!keySteps.length)
		return;
	const here = view.rows[view.at].step;
	goToStep(keySteps.find(step => step > here) || keySteps[0]);
}

function turnPage(by) {
	const last = Math.max(0, view.rows.length - ROWS_MAX);
	view.first = Math.max(0, Math.min(view.first + by * ROWS_MAX, last));
	drawTable();
	select(view.first, true);
}

const KEYS = {
	ArrowDown: () => select(view.at + 1, true),
	j: () => select(view.at + 1, true),
	ArrowUp: () => select(view.at - 1, true),
	k: () => select(view.at - 1, true),
	Home: () => select(0, true),
	End: () => select(view.rows.length - 1, true),
	Enter: goToConflict,
};

function onKey(event) {
	if (event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key] ||
		event.target.closest('input, button, a, pre'))
		return;
	event.preventDefault();
	KEYS[event.key]();
}

function rowUnder(event) {
	const row = event.target.closest('tr[data-row]');
	return row ? Number(row.dataset.row) : -1;
}

function redraw() {
	const here = view.rows.length ? view.rows[view.at].step :
		keySteps[0] || 1;
	chooseRows();
	chooseStrips();
	view.first = Math.max(0, rowOf(here) - ROWS_MAX / 2);
	drawTable();
	select(Math.max(0, rowOf(here)), false);
}

function listen() {
	document.addEventListener('keydown', onKey);
	for (const box of ['all-steps', 'all-pages', 'folded'])
		get(box).addEventListener('change', redraw);
	addEventListener('resize', drawArrows);
	get('earlier').addEventListener('click', () => turnPage(-1));
	get('later').addEventListener('click', () => turnPage(1));
	get('steps').addEventListener('click', event => {
		if (rowUnder(event) >= 0)
			select(rowUnder(event), true);
	});
	get('steps').addEventListener('mouseover', event => {
		if (rowUnder(event) >= 0)
			drawDetail(view.rows[rowUnder(event)]);
	});
	get('steps').addEventListener('mouseleave', () => drawDetail(view.rows[view.at]));
}

get('all-pages-name').textContent = `all ${plural(pageName)}`;
get('folded').checked = orders.length > 0;
get('folded').parentElement.hidden = !orders.length;
drawVerdict();
drawLegend();
redraw();
listen();
