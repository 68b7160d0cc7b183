/** The look of the reference: the portal's tokens, in a file that asks no other host and no script for anything. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:oklch(.985 .002 265);--card:oklch(1 0 0);--line:oklch(.92 .004 265);--text:oklch(.21 .01 265);
--muted:oklch(.5 .01 265);--accent:oklch(.52 .19 265);--code:oklch(.965 .004 265)}
@media (prefers-color-scheme:dark){:root{--page:oklch(.16 .005 265);--card:oklch(.2 .006 265);--line:oklch(.29 .008 265);
--text:oklch(.95 .003 265);--muted:oklch(.71 .01 265);--accent:oklch(.74 .13 265);--code:oklch(.24 .008 265)}}
*{box-sizing:border-box}html{scroll-padding-top:24px}
body{margin:0;background:var(--page);color:var(--text);font:14px/1.55 "Geist",ui-sans-serif,system-ui,sans-serif}
code,pre,.path{font-family:"Geist Mono",ui-monospace,SFMono-Regular,Menlo,monospace;font-size:13px}
a{color:inherit}a:focus-visible,summary:focus-visible,pre:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:8px}
.shell{display:grid;grid-template-columns:264px minmax(0,1fr);max-width:1264px;margin:0 auto}
nav{position:sticky;top:0;height:100vh;overflow-y:auto;padding:32px 16px 32px 32px;border-right:1px solid var(--line)}
nav h2{font-size:12px;font-weight:500;color:var(--muted);margin:20px 0 4px;padding:0 8px}nav h2 a{text-decoration:none}
nav ul{list-style:none;margin:0;padding:0}nav li a{display:block;padding:4px 8px;border-radius:8px;text-decoration:none;font-size:13px}
nav li a:hover{background:var(--code)}nav .home{font-weight:600;font-size:16px;text-decoration:none;padding:0 8px}
main{padding:32px;min-width:0}h1{font-size:28px;line-height:1.2;margin:0 0 12px;font-weight:600}
h2.group{font-size:20px;font-weight:600;margin:48px 0 16px}.lead{max-width:68ch;margin:0 0 12px}
section.op{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px;margin:0 0 16px}
section.op h3{font-size:16px;font-weight:500;margin:0 0 4px}.path{margin:0 0 12px;overflow-wrap:anywhere}
.method{display:inline-block;font-weight:500;color:var(--accent);margin-right:8px}
section.op p{max-width:72ch;margin:0 0 12px}.who{color:var(--muted);font-size:13px}
h4{font-size:12px;font-weight:500;color:var(--muted);margin:20px 0 6px}
.scroll{overflow-x:auto}table{width:100%;min-width:560px;table-layout:fixed;border-collapse:collapse;font-size:13px}
th:nth-child(1){width:28%}th:nth-child(2){width:27%}td:first-child{overflow-wrap:anywhere}
th{text-align:left;font-weight:500;font-size:12px;color:var(--muted);padding:6px 16px 6px 0;border-bottom:1px solid var(--line)}
td{padding:8px 16px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}
td.type{color:var(--muted);overflow-wrap:anywhere}
code{background:var(--code);padding:1px 4px;border-radius:4px}td code,.path code{background:none;padding:0}
pre{background:var(--code);border-radius:8px;padding:12px 16px;margin:0;overflow-x:auto}pre code{background:none;padding:0}pre+pre{margin-top:8px}summary+pre{margin-top:8px}
.codes{display:flex;flex-wrap:wrap;gap:6px;list-style:none;padding:0;margin:0}.codes code{white-space:nowrap}.codes a{text-decoration:none}.codes a:hover{text-decoration:underline}
summary{cursor:pointer;font-size:13px;color:var(--muted);margin-top:16px}
@media (max-width:820px){.shell{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line);padding:16px}
main{padding:16px}nav ul{display:none}nav h2{display:inline-block;margin:8px 0 0;font-size:13px}}
`;
