"""The type of `request.user`: a user or an anonymous user."""

from django.contrib.auth.models import AbstractUser, AnonymousUser

# Apps that may import accounts.models have User itself.
AnyUser = AbstractUser | AnonymousUser
