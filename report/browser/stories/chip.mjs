// The files of a passport's chip, read elsewhere and handed in on the portal.
import { invited } from "./candidate.mjs";

export default async (s) => {
  const me = await invited(s, s.given.case);
  await me.go("/portal/steps/identity");
  await me.look("portal-identity");
  await me.enter(me.button("p chip begin"));
  await me.look("portal-chip");
  const send = async (files, status) => {
    await me.reach(me.page.locator("#f-files"));
    await me.page.setInputFiles("#f-files", files);
    await me.enter(me.button("p chip send"), status);
  };
  await send([{ name: "x.bin", mimeType: "application/octet-stream", buffer: Buffer.from("noise") }], 400);
  await me.says(s.say("p unread"));
  await me.look("portal-unread");
  await me.go("/portal/steps/identity");
  await me.enter(me.button("p chip begin"));
  await send(["sod", "dg1"].map((name) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(s.given[name], "base64") })));
  await me.says(s.say("p arrived"));
  await s.ask("/work");
  const ana = await s.person("ana", "reviewer");
  await ana.go(`/cases/${s.given.case}/proofs`);
  await ana.says("chip-passive");
  await ana.says(s.say("handed h"));
  await ana.look("proofs-chip");
};
