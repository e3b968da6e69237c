"""Signing in as a browser does, at an IP address."""

from django.test import Client

SIGN_IN, RESET = "/en/accounts/login/", "/en/accounts/password/reset/"
HOME = "/admin/"
LIMIT = 5


def try_password(password, name="alice", ip="192.0.2.1", client=None, **form):
    sent = {"login": name, "password": password} | form
    return (client or Client()).post(SIGN_IN, sent, REMOTE_ADDR=ip)


def signed_in_as(response):
    return response.status_code == 302 and response.client.session.get("_auth_user_id")
