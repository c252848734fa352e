// What tests ask about a page that is shown: functions of the object `looking`, see judging.py.
window.looking = (() => {
	const content = document.querySelector('#mw-content-text');
	// Made by the skin (Minerva's are icons with a hidden word), by MediaWiki, and by the extension
	// TemplateData
	const NOT_OURS = '.mw-editsection, #toc, .mw-templatedata-doc-wrap';
	// The colour of links to pages that are missing: too pale on tables of MediaWiki 1.39
	const COLOURS_NOT_OURS = `${NOT_OURS}, a.new`;

	// An element as people would point at it
	const called = element => {
		const text = element.textContent.trim().replace(/\s+/g, ' ');
		const name = element.tagName.toLowerCase() + (element.className && element.className.split ?
			'.' + element.className.trim().split(/\s+/).join('.') : '');
		return text.length > 60 ? `<${name}> “${text.slice(0, 60)}…”` : `<${name}> “${text}”`;
	};

	function* texts(root = content) {
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		while (walker.nextNode()) {
			const node = walker.currentNode;
			const element = node.parentElement;
			if (node.data.trim() && !element.closest('style, script') && element.checkVisibility({
				visibilityProperty: true, opacityProperty: true }) && !element.closest(NOT_OURS)) {
				yield node;
			}
		}
	}

	const rectangles = node => {
		const range = document.createRange();
		range.selectNodeContents(node);
		return [...range.getClientRects()].filter(each => each.width > 0);
	};

	// Skins that are not made for a small screen leave less than a telephone has.
	const tooNarrow = () => content.clientWidth < 300;

	// Texts that stick out of the content or are cut by a box that does not scroll.
	const cut = () => {
		const found = [];
		const edge = content.getBoundingClientRect();
		for (const node of texts()) {
			if (tooNarrow() && node.parentElement.closest('h2, h3, h4, h5, h6')) {
				continue; // these do not break words
			}
			let left = edge.left, right = edge.right, what = 'outside of the content';
			for (let box = node.parentElement; box !== content; box = box.parentElement) {
				const overflow = getComputedStyle(box).overflowX;
				if (overflow === 'auto' || overflow === 'scroll') {
					left = -Infinity;
					right = Infinity;
					break;
				}
				if (overflow === 'hidden' || overflow === 'clip') {
					({ left, right } = box.getBoundingClientRect());
					what = 'cut off';
					break;
				}
			}
			const beyond = rectangles(node).some(each => each.left < left - 1 || each.right > right + 1);
			if (beyond) {
				found.push(`${called(node.parentElement)} is ${what}`);
			}
		}
		return found;
	};

	// By how much more the page scrolls sideways than it would without the content.
	const sideways = () => {
		const without = elements => {
			const before = elements.map(each => each.style.display);
			elements.forEach(each => { each.style.display = 'none'; });
			const width = document.scrollingElement.scrollWidth;
			elements.forEach((each, place) => { each.style.display = before[place]; });
			return width;
		};
		return without([...content.querySelectorAll(NOT_OURS)]) - without([content]);
	};

	// Our boxes for tables that scroll, where the content is as wide as on a telephone.
	const squeezed = () => tooNarrow() ? [] :
		[...content.querySelectorAll('[role="region"]')]
			.filter(each => each.scrollWidth > each.clientWidth + 1)
			.map(each => `${called(each)} needs ${each.scrollWidth} px, there are ${each.clientWidth}`);

	// What axe-core finds by these rules, or those with one of these tags.
	const violations = async (rulesOrTags, leftOut) => {
		const rules = Object.fromEntries(leftOut.map(each => [each, { enabled: false }]));
		const options = { runOnly: rulesOrTags, rules, resultTypes: ['violations'] };
		const ours = { include: content, exclude: COLOURS_NOT_OURS.split(', ').map(each => [each]) };
		const found = await axe.run(ours, options);
		return found.violations.flatMap(rule => rule.nodes.map(node =>
			`${rule.id} (${rule.help}): ${node.html.slice(0, 200)}`));
	};

	const parts = colour => {
		const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
		return { red, green, blue, alpha };
	};
	const over = (front, back) => {
		const mixed = {};
		for (const name of ['red', 'green', 'blue']) {
			mixed[name] = front[name] * front.alpha + back[name] * (1 - front.alpha);
		}
		return { ...mixed, alpha: 1 };
	};
	const luminance = ({ red, green, blue }) => {
		const linear = part => part / 255 <= 0.04045 ? part / 255 / 12.92 :
			((part / 255 + 0.055) / 1.055) ** 2.4;
		return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
	};
	// The colour behind an element: what is painted from the page up to it, one over the other
	const background = element => {
		const layers = [];
		for (let each = element; each; each = each.parentElement) {
			const layer = parts(getComputedStyle(each).backgroundColor);
			layers.push(layer);
			if (layer.alpha === 1) {
				break;
			}
		}
		return layers.reduceRight((back, front) => over(front, back), parts('rgb(255, 255, 255)'));
	};

	// Texts whose contrast with what is behind them is less than asked for.
	// https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
	const pale = least => {
		const found = new Set();
		for (const node of texts()) {
			const element = node.parentElement;
			if (element.closest(COLOURS_NOT_OURS)) {
				continue;
			}
			const back = background(element);
			const front = over(parts(getComputedStyle(element).color), back);
			const [light, dark] = [front, back].map(luminance).sort((a, b) => b - a);
			const contrast = (light + 0.05) / (dark + 0.05);
			if (contrast < least) {
				found.add(`${called(element)} has a contrast of ${contrast.toFixed(2)}, not ${least}`);
			}
		}
		return [...found];
	};

	// Elements with a colour behind them by their own style, and no letter on it.
	const onlyColoured = () => [...content.querySelectorAll('[style*="background"]')]
		.filter(each => !/\p{L}/u.test(each.textContent))
		.map(each => `${called(each)} says something by its colour only`);

	// Tables without caption, heads without scope, levels of headings left out.
	const unstructured = () => {
		const found = [];
		for (const table of content.querySelectorAll('table')) {
			if (table.closest(NOT_OURS)) {
				continue;
			}
			if (!table.caption || !table.caption.textContent.trim()) {
				found.push(`${called(table)} has no caption`);
			}
			for (const head of table.querySelectorAll('th:not([scope])')) {
				found.push(`${called(head)} has no scope`);
			}
		}
		let level = 1; // the page's title
		for (const heading of content.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
			const next = Number(heading.tagName[1]);
			if (next > level + 1) {
				found.push(`${called(heading)} comes after a heading of level ${level}`);
			}
			level = next;
		}
		return found;
	};

	return { cut, onlyColoured, pale, sideways, squeezed, unstructured, violations };
})();
