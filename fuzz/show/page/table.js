// SPDX-License-Identifier: MIT
// table.js: the run as a table: a row per step, a lane per task, a strip per
// page. It stands in front of page.js, which calls it.
'use strict';

const BOOT = 9;          // the task of set-up and epilogue
const ROWS_MAX = 400;    // drawn at once; more are paged
const STRIPS_MAX = 48;   // the same of pages
const STRIPS_APART = 8;  // so many pages never share a strip

// ---------------------------------------------------------------------- rows

// Set-up is a row per operation, the epilogue one row for all of it.
function briefRow(step) {
	if (!step.setup)
		return step.row || stopAfter.has(step.step) || markOf(step.step) !== '';
	if (step.task !== BOOT)
		return false;
	return step.row || (step.op < run.counts.setup && step.kind === 'end');
}

// Folded: what the tasks do and where they stop, and the steps that matter.
function foldedRow(step) {
	return markOf(step.step) !== '' || (briefRow(step) && !step.setup &&
		(step.kind === 'begin' || stopAfter.has(step.step)));
}

function chooseRows() {
	const all = get('all-steps').checked;
	const chosen = get('folded').checked && !all ? foldedRow : briefRow;
	view.rows = run.steps.filter(step => all || chosen(step));
	view.brief = run.steps.filter(briefRow).map(step => step.step);
	const last = run.steps[run.steps.length - 1];
	if (last && view.rows[view.rows.length - 1] !== last)
		view.rows.push(last);
	const used = new Set(view.rows.map(step => step.task));
	view.lanes = run.tasks.filter(task => task.task !== BOOT && used.has(task.task));
}

// Neighbours whose states never differ share a strip, if there are many.
function addStrip(strips, page, merge) {
	const looks = page.states.map(state => ({ from: state.from, look: label(state) }));
	const key = JSON.stringify(looks.filter(({ look }, i) => !i || look !== looks[i - 1].look));
	const last = strips[strips.length - 1];
	if (merge && last && last.key === key && last.last === page.page - 1)
		last.last = page.page;
	else
		strips.push({ key, first: page.page, last: page.page, states: page.states });
}

function chooseStrips() {
	const used = run.pages.filter(page => page.in_question ||
		page.states.some(s => s.held || s.state === 'cached' || s.state === 'lost'));
	const pages = get('all-pages').checked || !used.length ? run.pages : used;
	const strips = [];
	for (const page of pages)
		addStrip(strips, page, pages.length > STRIPS_APART);
	view.strips = strips.slice(0, STRIPS_MAX);
	const more = strips.length - view.strips.length;
	get('more-pages').textContent = more ? `${count(more, 'more strip')} not drawn` : '';
}

function stateAt(strip, number) {
	return strip.states.findLast(state => state.from <= number);
}

// -------------------------------------------------------------------- strips

// Of what a target lacks there is none; of single blocks nobody says the order.
function legend() {
	const orders = has('orders');
	return [
		['free', orders ? 'free 2' : 'free', orders ? 'free in the buddy, in a block of order 2' : 'free'],
		has('percpu') && ['percpu', orders ? 'cpu1 2' : 'cpu1',
			`free, on the list of CPU 1${orders ? ', in a block of order 2' : ''}`],
		has('cache') && ['cached', '@3', `in the ${pageName} cache at index 3`],
		['owned', orders ? 'own 2' : 'own', orders ? 'owned, in a block of order 2' : 'owned'],
		['nowhere', '–', "in nobody's books: on its way from one to another"],
		['lost', 'lost', "in nobody's books when all is over"],
	].filter(Boolean);
}

const NOTES = [
	['#2', 'handed out for the second time: incarnation 2'],
	['+', 'a handle is on it besides; with red edges: though it is free'],
];

function label(state) {
	const order = state.order === undefined ? '' : ` ${state.order}`;
	const words = { free: `free${order}`, percpu: `cpu${state.cpu}${state.order ? order : ''}`, nowhere: '–',
		cached: `@${state.index}`, owned: state.order ? `own${order}` : 'own' };
	let text = words[state.state] || state.state;
	if (state.held && state.state !== 'owned')
		text += '+';
	if (state.incarnation > 1 && !isFree(state))
		text += ` #${state.incarnation}`;
	return text;
}

function isFree(state) { return state.state === 'free' || state.state === 'percpu'; }

function stripCell(strip, step, before) {
	const state = stateAt(strip, step.step);
	const starts = !before || label(stateAt(strip, before.step)) !== label(state);
	const alarm = isFree(state) && (state.held || state.index !== undefined);
	return el('td', {
		class: `strip ${state.state}${starts ? ' start' : ''}${alarm ? ' alarm' : ''}`,
		title: `${stripName(strip)}: ${state.text}`,
	}, starts ? el('span', {}, label(state)) : '');
}

function stripName(strip) {
	return strip.first === strip.last ? `${pageName} ${strip.first}` :
		`${pageName}s ${strip.first} to ${strip.last}`;
}

function drawLegend() {
	get('legend-title').textContent = `${pageName[0].toUpperCase()}${pageName.slice(1)}s`;
	for (const [state, text, meaning] of legend())
		get('legend').append(el('dt', { class: `swatch ${state}` }, el('span', {}, text)), el('dd', {}, meaning));
	for (const [text, meaning] of NOTES)
		get('legend').append(el('dt', { class: 'swatch' }, text), el('dd', {}, meaning));
}

// --------------------------------------------------------------------- lanes

// Is the task inside an operation at this step?
function isInside(task, number) {
	return run.operations.some(op => op.task === task && op.begin <= number &&
		(op.end === null || number <= op.end));
}

function laneText(step) {
	if (step.kind === 'access')
		return step.text.replace(' -> ', '\u00a0→\u00a0');
	const operation = operationOf(step);
	if (step.kind === 'begin')
		return operation.text;
	return operation.result ? `= ${operation.result}` : 'done';
}

function laneCell(task, step) {
	const acts = step.task === task.task;
	const inside = isInside(task.task, step.step);
	const cell = el('td', { class: 'lane' + (inside ? (acts ? ' runs' : ' stands') : '') });
	if (!acts)
		return cell;
	cell.classList.add(step.kind);
	if (stopBefore.has(step.step))
		cell.append(el('span', { class: 'resume', title: 'goes on' }, '▸ '));
	cell.append(laneText(step));
	if (markOf(step.step))
		cell.classList.add('conflict');
	for (const row of step.memory || [])
		cell.append(el('span', { class: 'stop' },
			(row.task === step.task ? '' : `task${row.task} `) + row.text));
	const stop = stopAfter.get(step.step);
	if (stop)
		cell.append(el('span', { class: 'stop' }, `${stop.why} in front of ${stop.in_front_of}`));
	return cell;
}

// What set-up and epilogue do belongs to no lane.
function outsideCell(step) {
	const operation = operationOf(step);
	const whose = step.task === BOOT && step.op < run.counts.setup ? 'set-up' : 'epilogue';
	let text = `${whose}: ${operation.text}`;
	if (step.kind === 'access')
		text = `${whose}: ${step.text}`;
	else if (operation.result)
		text += ` = ${operation.result}`;
	if (step === run.steps[run.steps.length - 1])
		text = `end of the run: ${findingText()}`;
	return el('td', { class: 'outside', colspan: view.lanes.length || 1 }, text);
}

function joinCell(step) {
	const mark = markOf(step.step);
	const cell = el('td', { class: 'join' });
	if (mark)
		cell.append(el('span', { class: 'mark', title: 'in conflict' }, mark));
	if (!run.conflict || orders.length)
		return cell;
	const { first, second } = run.conflict;
	if (mark)
		cell.classList.add(mark === 'A' ? 'top' : 'bottom');
	else if (first < step.step && step.step < second)
		cell.classList.add('line');
	return cell;
}

// --------------------------------------------------------------------- table

function drawHead() {
	const row = el('tr', {}, el('th', { class: 'number', scope: 'col' }, 'step'),
		el('th', { class: 'join', scope: 'col', 'aria-label': 'conflict' }));
	const width = `width: ${Math.floor(80 / view.lanes.length)}%`;
	for (const task of view.lanes)
		row.append(el('th', { class: 'lane', scope: 'col', style: width }, task.name,
			el('span', { class: 'cpu' }, task.irq ? ' interrupts' :
				task.cpu === null ? '' : ` CPU${task.cpu}`)));
	if (!view.lanes.length)
		row.append(el('th', { class: 'lane', scope: 'col' }, 'no task acts'));
	for (const strip of view.strips)
		row.append(el('th', { class: 'strip', scope: 'col' }, strip.first === strip.last ?
			`${pageName} ${strip.first}` : `${strip.first}–${strip.last}`));
	return el('thead', {}, row);
}

// Are rows folded away in front of it?
function isBehindFold(index) {
	if (!get('folded').checked || !index || get('all-steps').checked)
		return false;
	const from = view.rows[index - 1].step, to = view.rows[index].step;
	return view.brief.some(step => from < step && step < to);
}

function drawRow(index) {
	const step = view.rows[index];
	const row = el('tr', {
		'data-row': index, 'data-step': step.step, tabindex: -1,
		class: [markOf(step.step) && 'conflict', isBehindFold(index) && 'fold'].filter(Boolean)
			.join(' ') || null,
	}, el('th', { class: 'number', scope: 'row' }, step.step), joinCell(step));
	if (step.task === BOOT || step.setup)
		row.append(outsideCell(step));
	else
		row.append(...view.lanes.map(task => laneCell(task, step)));
	row.append(...view.strips.map(strip => stripCell(strip, step, view.rows[index - 1])));
	return row;
}

function drawTable() {
	const end = Math.min(view.first + ROWS_MAX, view.rows.length);
	const body = el('tbody');
	for (let i = view.first; i < end; i++)
		body.append(drawRow(i));
	get('steps').replaceChildren(drawHead(), body);
	get('window').hidden = view.rows.length <= ROWS_MAX;
	get('shown').textContent = `rows ${view.first + 1} to ${end} of ${view.rows.length}`;
	get('earlier').disabled = view.first === 0;
	get('later').disabled = end === view.rows.length;
	drawArrows();
}

// -------------------------------------------------------------------- arrows

function svg(tag, attributes, ...children) {
	const node = document.createElementNS(get('arrows').namespaceURI, tag);
	for (const [name, value] of Object.entries(attributes))
		node.setAttribute(name, value);
	node.append(...children);
	return node;
}

function cellOf(number) {
	return document.querySelector(`tr[data-step="${number}"] td.lane.conflict`);
}

// From the one step's cell to the other's, along the edges that face each other.
function arrowPath(from, to) {
	const right = from.offsetLeft < to.offsetLeft;
	const x1 = from.offsetLeft + (right ? from.offsetWidth - 8 : 8);
	const x2 = to.offsetLeft + (right ? 3 : to.offsetWidth - 3);
	const y1 = from.offsetTop + from.offsetHeight / 2;
	const y2 = to.offsetTop + to.offsetHeight / 2;
	const bend = right ? 30 : -30;
	return `M ${x1} ${y1} C ${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function drawArrows() {
	const head = svg('marker', { id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4,
		markerWidth: 7, markerHeight: 7, orient: 'auto' }, svg('path', { d: 'M 0 0 L 8 4 L 0 8 z' }));
	const arrows = get('arrows');
	arrows.replaceChildren(svg('defs', {}, head));
	arrows.setAttribute('width', get('steps').offsetWidth);
	arrows.setAttribute('height', get('steps').offsetHeight);
	for (const order of orders) {
		const from = cellOf(order.first), to = order.second && cellOf(order.second);
		if (from && to)
			arrows.append(svg('path', { class: 'arrow', d: arrowPath(from, to),
				'marker-end': 'url(#head)', 'data-from': order.first, 'data-to': order.second }));
	}
}
