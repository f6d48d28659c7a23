// Every page of the portal, as a person meets it.
import { invited } from "./candidate.mjs";

export default async (s) => {
  const me = await invited(s, s.given.case);
  const pages = { portal: "/portal", "portal-data": "/portal/data", "portal-again": "/portal/again", "identity-report": "/identity-report" };
  for (const id of ["mail", "phone", "code", "reference", "identity", "payee", "delivery"]) pages[`portal-${id}`] = `/portal/steps/${id}`;
  pages["portal-sent"] = "/portal/steps/mail?sent=yes";
  for (const [name, path] of Object.entries(pages)) {
    await me.go(path);
    await me.look(name);
    await me.page.setViewportSize({ width: 360, height: 800 });
    for (const box of await me.page.locator("main a, main button, main summary, main input, main select, main textarea").all()) {
      const b = await box.boundingBox();
      if (b && b.height < 24) me.fault(`${b.height} px high: ${(await box.innerText().catch(() => "")).slice(0, 40)}`);
    }
    await me.page.setViewportSize({ width: 1280, height: 900 });
  }
  await me.go("/portal/steps/identity");
  await me.enter(me.button("p wallet there"));
  if (!await me.page.locator("svg.qr").isVisible()) me.fault("no code to scan");
  await me.look("portal-scan");
  // The language of the page is a link, on every page.
  for (const lang of ["EN", "DE", "PT"]) {
    const other = me.page.locator(".langs a", { hasText: lang });
    if (await other.count() !== (lang.toLowerCase() === s.lang ? 0 : 1)) me.fault(`the link to ${lang}`);
  }
};
