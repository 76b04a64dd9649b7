/** Names from outside are escaped in a report: what looks like a style element is one. */
const styles = /<style>([\s\S]*?)<\/style>/g;

/**
 * Puts a report's HTML into an empty frame. Nothing is navigated to, which the window forbids; scripts neither come along (DOMParser) nor
 * would run (sandbox). The window's content policy, which the frame inherits, lets no style element through: its rules go into a sheet of the frame's own.
 */
export function showReport(frame: HTMLIFrameElement, html: string): void {
  const inside = frame.contentDocument;
  const view = frame.contentWindow as (Window & { CSSStyleSheet: typeof CSSStyleSheet }) | null;
  if (!inside || !view) return;
  // Taken out of the text: a document that is only parsed has them refused too, and says so in the console.
  const rules = [...html.matchAll(styles)].map(([, rule]) => rule);
  const read = new DOMParser().parseFromString(html.replaceAll(styles, ''), 'text/html');
  read.querySelectorAll('script, style, meta[http-equiv], link, iframe, object, embed').forEach((element) => { element.remove(); });
  const at = inside.documentElement.scrollTop;
  inside.documentElement.replaceWith(inside.importNode(read.documentElement, true));
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(rules.join('\n'));
  inside.adoptedStyleSheets = [sheet];
  // A link within the report moves the view; the window itself stays where it is.
  inside.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a[href]');
    if (!link) return;
    event.preventDefault();
    const to = link.getAttribute('href') ?? '';
    if (to.startsWith('#')) inside.getElementById(decodeURIComponent(to.slice(1)))?.scrollIntoView();
  });
  inside.documentElement.scrollTop = at;
}
