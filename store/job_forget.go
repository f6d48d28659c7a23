package store

// ForgetJob empties what a job was given, once nobody needs it: a delivery from
// outside holds personal values before anybody knows whose they are.
func (t *Tx) ForgetJob(id string) error {
	sealed, err := t.sealHouse(nil, "jobs", id)
	if err != nil {
		return err
	}
	_, err = t.exec("update jobs set sealed = $3 where tenant = $1 and id = $2 and subject = ''", id, sealed)
	return err
}
