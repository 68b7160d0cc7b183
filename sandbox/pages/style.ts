/** The one style sheet of the hosted pages; its hash is in their policy. */
export const STYLE = `
:root{color-scheme:light dark;--page:#f6f6f7;--card:#fff;--text:#17171c;--soft:#5d5d6b;--line:#d9d9e0;--field:#fff;--main:#4338ca;--on-main:#fff;--bad:#b42318;--bad-back:#fef3f2;--note:#fff7e0;--on-note:#5c4400}
@media (prefers-color-scheme:dark){:root{--page:#111114;--card:#1b1b20;--text:#f1f1f4;--soft:#a8a8b5;--line:#37373f;--field:#131317;--main:#8b83ff;--on-main:#0f0e1d;--bad:#ff9b92;--bad-back:#35161a;--note:#322a12;--on-note:#f3deb0}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.test{margin:0;padding:10px 16px;background:var(--note);color:var(--on-note);text-align:center;font-size:14px}
main{max-width:960px;margin:0 auto;padding:32px 16px 64px;display:grid;gap:32px}
@media (min-width:800px){main{grid-template-columns:1fr 1fr;align-items:start;gap:48px;padding-top:64px}main.one,main:has(.whole){grid-template-columns:minmax(0,480px);justify-content:center}}
h1{margin:0;font-size:17px;font-weight:600}h2{margin:0 0 16px;font-size:17px;font-weight:600}
.sum{margin:4px 0 24px;font-size:36px;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px}
.back{display:inline-block;margin-bottom:24px;color:var(--soft);font-size:14px}
a{color:var(--main)}
table{width:100%;border-collapse:collapse;font-size:15px}td{padding:8px 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}td:last-child{text-align:right;white-space:nowrap;padding-left:16px;font-variant-numeric:tabular-nums}
.total td{font-weight:600}.soft{color:var(--soft);font-size:14px}
form{display:grid;gap:16px;margin:0}
fieldset{border:0;padding:0;margin:0;display:grid;gap:16px;min-width:0}legend{padding:0;margin-bottom:8px;font-weight:600;font-size:14px}
label{display:grid;gap:6px;font-size:14px;font-weight:500}
input[type=text],input[type=email]{width:100%;min-height:44px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:var(--field);color:var(--text);font:inherit;font-size:16px;font-variant-numeric:tabular-nums}
.two{display:grid;grid-template-columns:1fr 1fr;gap:16px}
.choice{display:flex;gap:10px;align-items:center;min-height:44px;font-weight:400;font-size:15px}.choice input{width:18px;height:18px;margin:0;accent-color:var(--main);flex:none}
.saved{border:1px solid var(--line);border-radius:8px;padding:4px 12px}
button{min-height:48px;padding:10px 16px;border:1px solid transparent;border-radius:8px;background:var(--main);color:var(--on-main);font:inherit;font-weight:600;cursor:pointer}
button.plain{background:transparent;color:var(--text);border-color:var(--line)}
:focus-visible{outline:2px solid var(--main);outline-offset:2px}
.error{margin:0;padding:12px;border-radius:8px;background:var(--bad-back);color:var(--bad);font-size:15px}
details{margin-top:16px;font-size:14px}summary{cursor:pointer;padding:8px 0;color:var(--soft)}details table{font-size:14px}details td:last-child{white-space:normal;color:var(--soft)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.94em;white-space:nowrap}
.actions{display:grid;gap:12px}.state{display:inline-block;padding:2px 10px;border-radius:99px;border:1px solid var(--line);font-size:13px;font-weight:600}
`;
