#!/bin/sh
# Two roles: one owns the tables and raises their schema, the other works on them
# under row-level security and owns nothing. Run once by the database's image.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$BONAFIDE_PASSWORD" --username postgres <<'SQL'
CREATE ROLE owner LOGIN PASSWORD :'password';
CREATE ROLE bonafide LOGIN PASSWORD :'password' NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE bonafide OWNER owner;
SQL
