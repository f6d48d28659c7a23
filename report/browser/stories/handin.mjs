// A recruiter hands in what platforms export: as new applications, then more beside
// one of them; a reviewer hands in a saved page from a case.
const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
const page = (at) => `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://${at}/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Location: https://${at}/\r\n\r\n<!DOCTYPE html><html><body><h1>Mira</h1><p>Ledgers.</p></body></html>\r\n--x--\r\n`;
const upwork = JSON.stringify({ data: { freelancerProfileByProfileKey: { fullName: "Mira Okonjo", personalData: { profileUrl: "https://www.upwork.com/freelancers/~01aa22bb33cc44dd" } } } });
const people = "id,name,email,received_at\n1,Nora Muster,nora@mail.example,2026-03-02\n2,Else Muster,else@mail.example,2026-03-03\n";

export default async (s) => {
  const rita = await s.person("rita", "recruiter");
  await rita.go("/");
  await rita.says(s.say("hand in text"));
  await rita.look("hand-in");
  const send = async (who, files, status) => {
    await who.reach(who.page.locator("#files"));
    await who.page.setInputFiles("#files", files);
    await who.enter(who.button("hand in now"), status);
  };
  await send(rita, [file("upwork.json", upwork), file("cv.pdf", "MZ no document"), file("error.json", "{"), file("cv.txt", "Igor Vorlage\nigor@mail.example\n\nExperience\n2019 - 2024 Developer, Meridian Works\n")]);
  await rita.says("upwork.json", s.say("hand in new"), s.say("hand in not taken"));
  await rita.look("hand-in-became");
  if (await rita.page.locator('a[href^="/cases/"]').count()) rita.fault("a recruiter is led to a case");

  // More beside one of them: named by what stands there, then by its record.
  await rita.enter(rita.page.locator("button", { hasText: s.say("hand in more") }).first());
  await rita.says(s.say("hand in text beside"));
  await send(rita, [file("page.mhtml", page("portfolio.example"))]);
  await rita.says(s.say("hand in beside"), s.say("part page"));
  await rita.look("hand-in-beside");
  await rita.go("/hand-in");
  await rita.type(rita.page.locator("#record"), "form/nobody");
  await send(rita, [file("upwork.json", upwork)], 400);
  await rita.says(s.say("hand in nobody"));
  await rita.look("hand-in-nobody");

  // Several in one file: how far they are.
  await rita.go("/hand-in");
  await send(rita, [file("people.csv", people)]);
  await rita.says("people.csv", s.say("hand in progress"));
  await s.ask("/work");
  await rita.enter(rita.link("hand in progress"));
  await rita.says(s.say("job done"), "2");
  await rita.look("hand-in-job");

  const ana = await s.person("ana", "reviewer");
  await ana.go(`/cases/${s.given.case}`);
  await ana.enter(ana.link("hand in to case"));
  await send(ana, [file("page.mht", page("other.example")), file("people.csv", people)]);
  await ana.says(s.say("hand in beside"), s.say("hand in not taken"));
  await ana.look("hand-in-case");
};
