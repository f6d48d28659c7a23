// The person a case is about: on a telephone, without script, by an invitation.
export const telephone = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, hasTouch: true, isMobile: true };

export async function invited(s, id, options = {}) {
  const person = await s.window("the person", options);
  await person.go(await s.ask(`/invite?case=${id}`));
  await person.look("invitation");
  await person.enter(person.button("p invite act"));
  return person;
}
